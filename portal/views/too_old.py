"""What organizers see when a form comes without its token: after signing in anew elsewhere, or without cookies."""

from django.contrib.admin import site
from django.core.exceptions import FieldDoesNotExist
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.admin.languages import label_of

LONGEST_LABEL = 60
OF_THE_FORM = ("csrf", "_")  # its token, and the button that was pressed


@never_cache
def form_too_old(request):
    """Say what to do, and show what was typed, so that it can be copied where no script has kept it."""
    context = {
        **site.each_context(request),
        "is_nav_sidebar_enabled": site.has_permission(request),  # else it says that nothing may be seen
        "title": _("Not saved: this page was too old"),
        "typed": [(_called(request, name), value) for name, value in typed(request.POST)],
        "back": request.get_full_path(),
    }
    return render(request, "admin/too_old.html", context, status=403)


def typed(sent):
    """Return (name, text) of what looks written by hand: neither the form's own marks nor secrets."""
    return [
        (name[:LONGEST_LABEL], value)
        for name, values in sent.lists()
        for value in values
        if _is_words(value) and "password" not in name and not name.startswith(OF_THE_FORM)
    ]


def _called(request, name):
    """Return what the form called a field: its label, where the row has such a column."""
    model_admin = getattr(resolve(request.path).func, "model_admin", None)
    try:
        return label_of(model_admin.model._meta.get_field(name)) if model_admin else name
    except (
        FieldDoesNotExist,
        AttributeError,
    ):  # a field of the form alone, or rows that point here, which have no name
        return name


def _is_words(value):
    return len(value) > 1 and (not value.isascii() or " " in value or "\n" in value) and value != "on"
