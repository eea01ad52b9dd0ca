"""The organizers' bin: what was deleted in the last thirty days, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.binning import KEPT_FOR, CannotReturn, put_back
from portal.keys import key_in
from portal.models import Binned


def bin_page(request, site):
    """List the bin, and put back what a POST names; for administrators."""
    if not request.user.has_perm("portal.change_binned"):
        raise PermissionDenied
    if request.method == "POST":
        binned = get_object_or_404(Binned, pk=key_in(request.POST.get("binned")))
        try:
            put_back(binned)
            messages.success(request, _("“%(title)s” is back.") % {"title": binned})
        except CannotReturn as reason:
            messages.error(request, str(reason))
        return redirect("admin:bin")
    context = {
        **site.each_context(request),
        "title": _("Bin"),
        "binned": Binned.objects.select_related("deleted_by").defer("rows", "untied")[:200],
        "days": KEPT_FOR.days,
    }
    return render(request, "admin/bin.html", context)
