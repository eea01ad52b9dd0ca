"""Former and new values side by side before a change of something public goes live.

The form is saved in a transaction as far as its checks reach, nothing is written, and the
same form comes back with what was typed and, above it, what saving would change.
"""

from typing import NamedTuple

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from portal.conflicts import conflicts_of
from portal.form_values import shown
from portal.previews import published_with
from portal.wording import differing

LANGUAGES = dict(settings.LANGUAGES)


class Side(NamedTuple):
    """One value, in one language or in none: as it was and as it will be, and the pieces in between."""

    language: str
    label: str
    pieces: list


class Difference(NamedTuple):
    """A field with its sides: one, or one for each language, changed or not."""

    label: str
    sides: list


class Reviewed(Exception):
    """Everything could be saved; `changes` is a list of (title of the row, what happens to it, its differences)."""

    def __init__(self, changes):
        super().__init__("reviewed, not saved")
        self.changes = changes


class Reviews:
    """For admins: a button beside “Save” that shows what saving would change."""

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Reviewed as found:
            request.review = found.changes
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if not is_asked_for(request):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        if is_asked_for(request):
            raise Reviewed(changes_of(form, formsets))
        super().save_related(request, form, formsets, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        owner = published_with(obj) if obj is not None else None
        context["can_review"] = owner is not None and owner.is_published
        context["conflicts"] = _conflicts(context)
        if hasattr(request, "review"):
            context |= {"review": request.review, "errors": "", "files_again": list(request.FILES)}
        return super().render_change_form(request, context, add, change, form_url, obj)


def is_asked_for(request):
    return "_review" in request.POST


def _conflicts(context):
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return conflicts_of([context["adminform"].form, *(form for formset in formsets for form in formset.forms)])


def changes_of(form, formsets):
    """Return what saving a page would change: a list of (title, what happens, list of `Difference`)."""
    changes = [(str(form.instance), "", differences_of(form))] if form.changed_data else []
    for formset in formsets:
        kind = capfirst(formset.model._meta.verbose_name)
        for one in formset.forms:
            if formset.can_delete and formset._should_delete_form(one):
                if not one.instance._state.adding:
                    changes.append((f"{kind}: {one.instance}", _("will be deleted"), []))
            elif one.has_changed():
                what = _("will be added") if one.instance._state.adding else ""
                changes.append((f"{kind}: {one.instance}", what, differences_of(one)))
    return changes


def differences_of(form):
    """Return the list of `Difference` of a checked form, in the order of its fields; a text with both languages."""
    found, told = [], set()
    for name in form.changed_data:
        language = getattr(_column(form, name), "language", None)
        text = _column(form, name).translated_field.name if language else name
        if text in told:
            continue
        told.add(text)
        if language:
            names = [(code, build_localized_fieldname(text, code)) for code in LANGUAGES]
            sides = [_side(form, one, code) for code, one in names if one in form.fields]
            label = _column(form, name).translated_field.verbose_name
        else:
            sides, label = [_side(form, name, "")], form[name].label
        found.append(Difference(capfirst(str(label)), sides))
    return found


def _column(form, name):
    """Return the model's field behind a form's field; None for one that only the form has."""
    return next((field for field in form._meta.model._meta.fields if field.name == name), None)


def _side(form, name, language):
    field = form.fields[name]
    before = shown(field, form.get_initial_for_field(field, name))
    return Side(language, LANGUAGES.get(language, ""), differing(before, shown(field, form.cleaned_data.get(name))))
