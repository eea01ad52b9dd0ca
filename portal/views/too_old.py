"""What organizers see when a form comes without its token: after signing in anew elsewhere, or without cookies."""

from django.contrib.admin import site
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

LONGEST_LABEL = 60


@never_cache
def form_too_old(request):
    """Say what to do, and show what was typed, so that it can be copied where no script has kept it."""
    context = {
        **site.each_context(request),
        "title": _("Not saved: this page was too old"),
        "typed": typed(request.POST),
        "back": request.get_full_path(),
    }
    return render(request, "admin/too_old.html", context, status=403)


def typed(sent):
    """Return (name, text) of what looks written by hand: neither the form's own marks nor secrets."""
    return [
        (name[:LONGEST_LABEL], value)
        for name, values in sent.lists()
        for value in values
        if _is_words(value) and "password" not in name and not name.startswith("csrf")
    ]


def _is_words(value):
    return len(value) > 1 and (not value.isascii() or " " in value or "\n" in value) and value != "on"
