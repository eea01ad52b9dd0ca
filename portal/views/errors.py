"""What is shown when there is nothing to show."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.troubles import is_passing
from portal.views.too_old import form_too_old


def not_found(request, exception):
    return render(request, "404.html", {"start": _start_of(request)}, status=404)


def refused(request, exception):
    """What the exception says is for the log: it may tell of what is behind the door."""
    return _shown(request, 403, _("You may not open this page"), _("Your account has no right to it, or no longer."))


def without_token(request, reason=""):
    """A form came without the proof that it is ours: an old tab, blocked cookies, or another site."""
    if request.path.startswith(reverse("admin:index")):
        return form_too_old(request)
    lead = _("Go back, reload the page and send it again. If that never helps, allow cookies for this site.")
    return _shown(request, 403, _("This form has expired"), lead)


def too_often(request, exception=None):
    lead = _("There were too many requests from you or from your network. Please try again in a few minutes.")
    return _shown(request, 429, _("A little slower, please"), lead)


def link_ended(request):
    """A person's own link was replaced or what it led to has been erased; which of them, is not told."""
    lead = _(
        "It was replaced by a newer one, or what it led to has been deleted. Look for the newest mail from us:"
        " its link works. If there is none, fill in the form once more with the same address, or ask the organizers"
        " for a new link."
    )
    return _shown(request, 410, _("This link no longer works"), lead)


def link_not_whole(request):
    lead = _(
        "Part of it may have been lost on the way, since some programs cut long addresses. Open it from our mail once"
        " more, or copy it from there as a whole. If that does not help, ask the organizers for a new link."
    )
    return _shown(request, 404, _("This link is incomplete"), lead)


def _shown(request, status, title, lead):
    context = {"number": status, "title": title, "lead": lead, "start": _start_of(request)}
    return render(request, "error.html", context, status=status)


def _start_of(request):
    """Return the address of the organizers' start page, where an organizer went astray in the admin, or nothing."""
    start = reverse("admin:index")
    user = getattr(request, "user", None)  # what was refused before accounts are looked at has none
    return start if request.path.startswith(start) and user and user.is_staff else ""


def bad_request(request, exception):
    """Without the context of a page: the request cannot be trusted, not even its host."""
    too_big = isinstance(exception, RequestDataTooBig)
    return HttpResponse(render_to_string("400.html", {"too_big": too_big}), status=413 if too_big else 400)


def broken(request):
    """Without context: whatever a context reads may be what broke. What passes by itself is told as such."""
    if not is_passing(sys.exception()):
        return HttpResponseServerError(render_to_string("500.html"))
    if request.accepts("text/html"):
        response = HttpResponse(render_to_string("503.html"), status=503)
    else:
        reason = _("The portal is busy for a moment; nothing was saved. Please try again in a moment.")
        response = JsonResponse({"reason": reason}, status=503)
    response["Retry-After"] = "30"
    return response
