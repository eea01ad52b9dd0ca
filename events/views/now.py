"""What is on now and next: of all rooms as a page, of one room as a sign for the screen beside its door."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.heads import framed
from events.models import Room
from events.now import now_and_next
from events.reaching import find_conference
from events.schedule import Schedule
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page("venue")
def now(request, conference):
    row = find_conference(conference)
    schedule = Schedule(row, row.release_pk)
    if not schedule.sessions:
        raise Http404(f"no schedule of {row.slug}")
    rooms = now_and_next(schedule, schedule.now)
    venues = list(dict.fromkeys(room.venue for room in rooms))
    chosen = request.GET.get("venue")
    if chosen in {venue.slug for venue in venues}:
        rooms = [room for room in rooms if room.venue.slug == chosen]
    frame = framed(row, _("Now and next"), Crumb(_("Schedule"), reverse("schedule", args=[row.slug])))
    is_quiet = not any(room.has_something for room in rooms)
    context = {"rooms": rooms, "venues": venues if len(venues) > 1 else [], "chosen": chosen, "is_quiet": is_quiet}
    return render(request, "events/schedule_now.html", {**frame, **context})


@public_page()
def sign(request, conference, venue, room):
    row = find_conference(conference)
    place = Room.objects.filter(venue__conference=row, venue__slug=venue, slug=room).select_related("venue").first()
    if place is None:
        raise Http404(f"no room {venue}/{room}")
    schedule = Schedule(row, row.release_pk)
    sessions = [one for one in schedule.sessions if one.room == place and not one.is_cancelled]
    shown = [one for room in now_and_next(schedule, schedule.now) if room.room == place for one in room.on + room.next]
    context = {"place": place, "sessions": [(one, one in shown) for one in sessions]}
    return render(request, "events/schedule_sign.html", {**framed(row, place.name), **context})
