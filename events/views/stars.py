"""A visitor's own schedule: stars kept in the browser, and, if they wish, behind a link nobody guesses."""

import json

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from events.exports import ics
from events.exports.exported import Exported
from events.heads import framed
from events.models import StarList
from events.reaching import find_conference
from events.schedule import Schedule
from portal import calendars
from portal.limits import is_busy
from portal.linked_data import absolute
from portal.meta import Crumb
from portal.pagecache.marking import public_page

LONGEST_BODY = 10_000  # bytes
LISTS_PER_NETWORK = 60  # an hour


@public_page()
def mine(request, conference):
    """Every session; the browser, which alone knows the stars, shows those."""
    row = find_conference(conference)
    schedule = Schedule(row, row.release_pk)
    if not schedule.sessions:
        raise Http404(f"no schedule of {row.slug}")
    return _list(request, row, schedule, schedule.days, is_own=True)


@never_cache
def shared(request, conference, token):
    """The sessions behind a link, for whoever was handed it."""
    row = find_conference(conference)
    stars = get_object_or_404(StarList, conference=row, token=token)
    schedule = Schedule(row, row.release_pk)
    schedule.sessions = [session for session in schedule.sessions if session.code in stars.codes]
    return _list(request, row, schedule, schedule.days, is_own=False)


def _list(request, conference, schedule, days, is_own):
    title = _("My schedule") if is_own else _("A shared schedule")
    frame = framed(conference, title, Crumb(_("Schedule"), reverse("schedule", args=[conference.slug])))
    frame["meta"].is_indexed = False
    return render(request, "events/schedule_mine.html", {**frame, "days": days, "is_own": is_own})


# Nobody is signed in here, so that no other site could send it in somebody's name.
@csrf_exempt
@require_POST
@never_cache
def keep(request, conference):
    """Keep the stars that a browser sends, as {"codes": [...], "token": its own of the list it keeps already}."""
    row = find_conference(conference)
    sent = _sent(request)
    if sent is None:
        return JsonResponse({"error": "expected {codes: [...]}"}, status=400)
    known = set(row.sessions.values_list("code", flat=True))
    codes = sorted(known.intersection(code for code in sent["codes"] if isinstance(code, str)))
    stars = row.star_lists.owned_by(str(sent.get("token", ""))).first()
    if stars is None:
        if is_busy(request, "stars", LISTS_PER_NETWORK):
            return JsonResponse({"error": "too many from this network"}, status=429)
        stars = StarList(conference=row)
    stars.codes = codes
    stars.save()
    addresses = {name: reverse(f"stars-{name}", args=[row.slug, stars.token]) for name in ("calendar", "shared")}
    return JsonResponse({"token": stars.own_token, **{name: absolute(path) for name, path in addresses.items()}})


def _sent(request):
    if len(request.body) > LONGEST_BODY:
        return None
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, dict) and isinstance(sent.get("codes"), list) else None


@never_cache
def calendar(request, conference, token):
    """The starred sessions as a calendar to subscribe to; it follows the stars, and the releases."""
    row = find_conference(conference)
    stars = get_object_or_404(StarList, conference=row, token=token)
    exported = Exported(row)
    talks = [talk for talk in exported.timed if talk.session.code in stars.codes]
    name, page = _("%(title)s: my schedule") % {"title": row.title}, reverse("schedule-mine", args=[row.slug])
    content = calendars.calendar(ics.entries(exported, talks), name, absolute(page))
    return HttpResponse(content, content_type=calendars.CONTENT_TYPE)
