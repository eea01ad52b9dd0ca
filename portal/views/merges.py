"""What organizers merged in the last thirty days, and the way back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.binning import CannotReturn
from portal.keys import key_in
from portal.unmerging import KEPT_FOR, undo, undoable_by


def merges_page(request, site):
    """List the merges that the user may undo, and undo the one that a POST names."""
    merges = undoable_by(request.user)
    if request.method == "POST":
        merged = get_object_or_404(merges, pk=key_in(request.POST.get("merged")))
        try:
            undo(merged)
            names = {"kept": merged.kept_title, "gone": merged.gone_title}
            messages.success(request, _("%(kept)s and %(gone)s are separate again.") % names)
        except CannotReturn as reason:
            messages.error(request, str(reason))
        return redirect("admin:merges")
    context = {
        **site.each_context(request),
        "title": _("Merges"),
        "merges": merges.select_related("merged_by").defer("steps")[:200],
        "days": KEPT_FOR.days,
    }
    return render(request, "admin/merges.html", context)
