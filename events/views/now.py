"""What is on now and next: of all rooms as a page, of one room as a sign for the screen beside its door."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.heads import framed
from events.models import Room
from events.now import now_and_next, on_next_later
from events.reaching import find_conference
from events.schedule import Schedule
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page("venue")
def now(request, conference):
    row = find_conference(conference)
    schedule = Schedule(row, row.release_pk)
    if not schedule.places:
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
    there = [one for one in schedule.places if one.room_id == place.pk and not one.is_cancelled]
    on, following, _later = on_next_later(there, schedule.now)
    told = schedule.told([one.key for one in there])
    sessions = [(told[one.key], one in on, one in following) for one in there if one.key in told]
    context = {"place": place, "sessions": sessions, "is_quiet": not (on or following)}
    return render(request, "events/schedule_sign.html", {**framed(row, place.name), **context})
