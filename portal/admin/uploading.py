"""One photo a request: how the album's page sends what was dropped on it, and how its plain form does."""

import threading

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.images import BadImage
from portal.photos import AlreadyThere, put_up

# Of a process's four threads one is always left to visitors.
AT_ONCE = 3
# Making the renditions of 12 megapixels holds a processor and up to 160 MB for a second.
MADE_AT_ONCE = 2
SECONDS_UNTIL_FREE = 2

_turns = threading.BoundedSemaphore(AT_ONCE)
_making = threading.BoundedSemaphore(MADE_AT_ONCE)


@require_POST
def upload(request, album):
    """Put up the file of a request: 201 with the photo, 200 if the album has it, 422 with the reason, 503 if busy."""
    if not _turns.acquire(blocking=False):
        busy = JsonResponse({"reason": _("The server is busy; trying again.")}, status=503)
        busy["Retry-After"] = SECONDS_UNTIL_FREE
        return busy
    try:
        status, told = _put_up(album, request.FILES.get("file"))
    finally:
        _turns.release()
    if request.accepts("text/html"):  # the plain form
        level = messages.SUCCESS if status < 300 else messages.ERROR
        messages.add_message(request, level, told.get("reason") or _("The photo is in the album."))
        return redirect("admin:portal_album_photos", album.pk)
    return JsonResponse(told, status=status)


def _put_up(album, file):
    if file is None:
        return 422, {"reason": _("Choose a file.")}
    try:
        with _making:
            photo = put_up(album, file)
    except AlreadyThere as known:
        return 200, {"photo": known.photo.pk, "reason": str(known)}
    except BadImage as refusal:
        return 422, {"reason": str(refusal), "file": file.name}
    return 201, {"photo": photo.pk, "sha256": photo.sha256}


@require_GET
def known(request, album):
    """Return the hashes of the files that the album has, so that the browser sends only what is missing."""
    return JsonResponse({"sha256": list(album.photos.exclude(sha256="").values_list("sha256", flat=True))})
