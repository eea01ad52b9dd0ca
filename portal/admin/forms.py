"""What every organizer's form does: ask for one language, suggest an address, overwrite nobody in silence."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from portal.addresses import Sluggable
from portal.scope import texts_of
from portal.slugs import free_slug, slug_from

CODES = [code for code, _label in settings.LANGUAGES]


class InEitherLanguage(forms.ModelForm):
    """A form of translated texts: what must be there must be there in one language, whichever it is."""

    def clean(self):
        super().clean()
        for text in texts_of(self._meta.model):
            field = self._meta.model._meta.get_field(text)
            names = [name for name in self._in_each_language(text) if name in self.fields]
            if names and not field.blank and not any(self.cleaned_data.get(name) for name in names):
                self.add_error(self._asked_first(names), _("Write this in one language at least."))
        return self.cleaned_data

    @staticmethod
    def _in_each_language(text):
        return [build_localized_fieldname(text, code) for code in CODES]

    @staticmethod
    def _asked_first(names):
        suffix = get_language().replace("-", "_")
        return next((name for name in names if name.endswith(suffix)), names[0])


class OrganizersForm(InEitherLanguage):
    """The form of a row's own page. `request` is set on the class that the admin makes for it."""

    # What the row's time of change was when the form was opened.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # The texts that an empty address is made from; the first that has words.
    slug_texts = ("name", "title")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean(self):
        cleaned_data = super().clean()
        if getattr(self.request, "out_of_scope", False):
            self.add_error(
                None, _("Saved like this, it would no longer be yours to edit. Keep it tied to what is yours.")
            )
        self._say_what_changed_meanwhile()
        if "slug" in self.fields and "slug" not in self.errors and not cleaned_data.get("slug"):
            cleaned_data["slug"] = self._suggested_slug()
        return cleaned_data

    def wanted_slug(self):
        """Return the address to suggest; a form that knows better than the row's name overrides this."""
        texts = [
            self.cleaned_data.get(build_localized_fieldname(text, code))
            for text in self.slug_texts
            for code in reversed(CODES)
            if text in texts_of(self._meta.model)
        ]
        return next((slug for slug in map(slug_from, filter(None, texts)) if slug), "")

    def _suggested_slug(self):
        rows = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        if issubclass(self._meta.model, Sluggable) and self._meta.model.SLUG_SCOPE:
            scope = f"{self._meta.model.SLUG_SCOPE}_id"
            rows = rows.filter(**{scope: getattr(self.instance, scope)})
        wanted = self.wanted_slug()
        if not wanted:
            self.add_error("slug", _("Write an address: lower-case letters, digits and hyphens."))
            return ""
        return free_slug(wanted, rows)

    def _say_what_changed_meanwhile(self):
        seen = self.cleaned_data.get("seen")
        if not self.instance.pk or not seen or seen == self.initial["seen"]:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.initial["seen"]
        last = self.instance.history.select_related("history_user").first()
        told = ValidationError(
            _(
                "Meanwhile %(who)s saved this page (%(when)s), and changed: %(what)s. What you see below is what you "
                "typed. Compare, then save again to keep yours."
            ),
            params={
                "who": (last and last.history_user) or _("somebody"),
                "when": localtime(self.instance.updated_at).strftime("%H:%M"),
                "what": self._fields_of_last_change(last) or _("what belongs to it"),
            },
        )
        self.add_error(None, told)

    def _fields_of_last_change(self, last):
        """Return, as one line, the fields of the last change with their value of now."""
        before = last and last.prev_record
        if not before:
            return ""
        changes = last.diff_against(before, excluded_fields=["updated_at", "created_at"]).changes
        model = self._meta.model
        return "; ".join(
            f"{capfirst(model._meta.get_field(change.field).verbose_name)} → {str(change.new)[:60]}"
            for change in changes
            if any(field.name == change.field for field in model._meta.get_fields())
        )


class PartForm(OrganizersForm):
    """The form of a row that belongs to another: `parent` is set on the class, and is no field."""

    parent = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and self.parent is not None:
            setattr(self.instance, self._meta.model.PARENT, self.parent)

    def _get_validation_exclusions(self):
        """Constraints that name the parent are checked too."""
        return super()._get_validation_exclusions() - {self._meta.model.PARENT}
