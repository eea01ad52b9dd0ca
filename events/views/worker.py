"""The script that keeps visited schedules for where there is no network; its address decides how far it reaches."""

from pathlib import Path

from django.http import HttpResponse
from django.views.decorators.cache import cache_control

import portal

SCRIPT = Path(portal.__file__).parent / "static" / "portal" / "js" / "schedule_worker.js"


@cache_control(max_age=0, must_revalidate=True)
def worker(request):
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
