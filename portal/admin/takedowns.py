"""Requests to take photos down, decided by whoever may edit the album."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal import takedowns
from portal.keys import key_in
from portal.models import Album, Takedown

LOGGED = 50


def requests(request):
    """Show the open requests and the log; POST decides one of them."""
    reachable = Takedown.objects.editable_by(request.user)
    if request.method == "POST":
        _decide(request, get_object_or_404(reachable, pk=key_in(request.POST.get("takedown"))))
        return redirect("admin:portal_takedowns")
    rows = reachable.select_related("album", "photo__album", "decided_by")
    context = {
        **admin.site.each_context(request),
        "opts": Album._meta,
        "title": _("Requests to take photos down"),
        "open": rows.open().order_by("asked_at"),
        "decided": rows.exclude(state=Takedown.State.OPEN).order_by("-decided_at")[:LOGGED],
    }
    return render(request, "admin/portal/album/takedowns.html", context)


def _decide(request, takedown):
    decide = {"remove": takedowns.remove, "keep": takedowns.keep}.get(request.POST.get("do"))
    try:
        if decide:
            decide(takedown, request.user)
            messages.success(request, _("Decided. Anyone who left an address is told."))
    except takedowns.AlreadyDecided:
        messages.warning(request, _("Somebody else has decided this already."))
