"""The forums of a conference, and one of them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.billing import forum_bill
from events.heads import framed
from events.labels import albums_of
from events.linked_data import forum_event
from events.plan import plan_of
from events.programme import by_day, scheduled, take_place
from events.proposal_calls import call_of_forum
from events.reaching import find_conference
from portal.addresses import get_published
from portal.languages import fallback_lang
from portal.meta import Crumb
from portal.pagecache.marking import public_page
from portal.poster_pages import show_poster


@public_page()
def forums(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Forums"))
    return render(request, "events/forums.html", {**frame, "forums": plan_of(row).listed_forums})


@public_page()
def forum(request, conference, forum):
    row = find_conference(conference)
    forum, sessions = _find(row, forum)
    frame = _framed(row, forum, sessions)
    frame["meta"].json_ld = [forum_event(forum)]
    context = {
        "forum": forum,
        "place": take_place(sessions),
        "days": by_day(sessions),
        "albums": albums_of(forum, row),
        "takes_proposals": _takes_proposals(row, forum),
    }
    return render(request, "events/forum.html", {**frame, **context})


@public_page()
def poster(request, conference, forum):
    row = find_conference(conference)
    forum, sessions = _find(row, forum)
    return show_poster(request, _framed(row, forum, sessions)["meta"], forum.get_absolute_url())


def _takes_proposals(conference, forum):
    """Whether one may propose a session for this very forum now."""
    call = call_of_forum(conference, forum) if conference.takes_proposals else None
    return call is not None and call.is_open()


def _find(conference, slug):
    """Return the forum and its sessions; raises Http404 or Moved."""
    plan = plan_of(conference)
    forum = get_published(conference.forums.defer("body"), slug, conference=conference)
    forum.venue = plan.venues.get(forum.venue_id)
    forum.producers = plan.producers.get(forum.pk, [])
    return forum, scheduled(conference.sessions.without_abstracts().filter(forum=forum), plan)


def _framed(conference, forum, sessions):
    to_forums = Crumb(_("Forums"), reverse("forums", args=[conference.slug]))
    frame = framed(conference, forum.title, to_forums, description=forum.summary, lang=fallback_lang(forum, "title"))
    frame["meta"].told = forum_bill(forum, sessions, frame["meta"].told)
    return frame
