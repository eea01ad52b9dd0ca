"""One session, known for good by its code."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.billing import session_bill
from events.heads import framed
from events.linked_data import session_event
from events.models import SessionMaterial
from events.neighbours import neighbours_of, other_talks
from events.plan import plan_of
from events.programme import scheduled
from events.reaching import find_conference
from portal.languages import fallback_lang
from portal.meta import Crumb
from portal.pagecache.marking import public_page
from portal.poster_pages import show_poster
from portal.recordings import dressed_materials
from portal.referring import may_refer


@public_page()
def session(request, conference, code):
    if code != code.upper():
        return HttpResponsePermanentRedirect(reverse("session", args=[conference, code.upper()]))
    row = find_conference(conference)
    session = _find(row, code)
    frame = _framed(row, session)
    frame["meta"].json_ld = [session_event(session)]
    remains = session.materials.all() if may_refer(SessionMaterial, session=session) else []
    materials = dressed_materials(remains, _recording(row, session))
    before, after = neighbours_of(session)
    context = {
        **frame,
        "session": session,
        "materials": materials,
        "before": before,
        "after": after,
        "others": other_talks(session),
    }
    return render(request, "events/session.html", context)


@public_page()
def poster(request, conference, code):
    row = find_conference(conference)
    session = _find(row, code)
    return show_poster(request, _framed(row, session)["meta"], session.get_absolute_url())


def _find(conference, code):
    """Return the session as `scheduled()` does; raises Http404."""
    found = scheduled(conference.sessions.defer("abstract").filter(code=code), plan_of(conference))
    if not found:
        raise Http404(f"no session {code}")
    return found[0]


def _framed(conference, session):
    way = _way_through(session.forum, conference)
    frame = framed(conference, session.title, *way, lang=fallback_lang(session, "title"))
    frame["meta"].told = session_bill(session, frame["meta"].told)
    return frame


def _recording(conference, session):
    """Return the function that gives the address of a recording's page."""
    return lambda material: reverse("session-recording", args=[conference.slug, session.code, material.pk])


def _way_through(forum, conference):
    if forum is None:
        return []
    forums = Crumb(_("Forums"), reverse("forums", args=[conference.slug]))
    return [forums, Crumb(forum.title, forum.get_absolute_url(), fallback_lang(forum, "title"))]
