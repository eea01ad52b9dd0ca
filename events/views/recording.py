"""The recording of a session, in its player."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import SessionMaterial
from events.reaching import find_conference
from portal.languages import fallback_lang
from portal.meta import Crumb
from portal.pagecache.marking import public_page
from portal.recordings import show_recording


@public_page()
def recording(request, conference, code, material):
    row = find_conference(conference)
    session = row.sessions.without_abstracts().filter(code=code).first()
    if session is None:
        raise Http404(f"no session {code}")
    found = get_object_or_404(SessionMaterial, session=session, pk=material)
    crumbs = [
        Crumb(_("Conferences"), reverse("conferences")),
        Crumb(row.title, row.get_absolute_url(), fallback_lang(row, "title")),
        Crumb(session.title, session.get_absolute_url(), fallback_lang(session, "title")),
    ]
    return show_recording(request, found, crumbs)
