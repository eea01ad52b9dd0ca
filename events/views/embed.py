"""A schedule inside the page of another site: a page without a frame of ours, and the script that puts it there."""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

import portal
from events.models import Release
from events.reaching import find_conference
from events.schedule import Schedule
from events.timetable import Slot, days
from portal.pagecache.marking import public_page

SCRIPT = Path(portal.__file__).parent / "static" / "portal" / "js" / "embed.js"
THEMES = ("light", "dark")


@xframe_options_exempt
@public_page("theme")
def schedule(request, language, conference):
    """The programme as a list, for a frame of any width; `theme` is light or dark, else the reader's own."""
    with translation.override(language):
        row = find_conference(conference)
        shown = Schedule(row, row.release_pk)
        if not shown.sessions:
            raise Http404(f"no schedule of {conference}")
        theme = request.GET.get("theme", "")
        context = {
            "conference": row,
            "release": Release.objects.filter(pk=row.release_pk).first(),
            "days": days([Slot(one, one.starts, one.ends, one.room) for one in shown.sessions]),
            "theme": theme if theme in THEMES else "",
        }
        response = render(request, "events/embed.html", context)
    response["Content-Language"] = language
    response._csp_replace = {"frame-ancestors": ["*"]}
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache_control(public=True, max_age=3600)
def script(request):
    """What another site names in its script tag; the same for everybody, and for as long as an hour."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
