"""What every organizer's form does: ask for one language, suggest an address, and merge (`KeepsBoth`)."""

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from portal.addresses import Sluggable
from portal.conflicts import KeepsBoth
from portal.languages import CODES
from portal.scope import texts_of
from portal.slugs import free_slug, slug_from


class InEitherLanguage(KeepsBoth):
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

    # The texts that an empty address is made from; the first that has words.
    slug_texts = ("name", "title")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = format_lazy(
                "{} {}", _("Empty: it is made from the name."), self.fields["slug"].help_text
            )

    def clean(self):
        cleaned_data = super().clean()
        if getattr(self.request, "out_of_scope", False):
            self.add_error(
                None, _("Saved like this, it would no longer be yours to edit. Keep it tied to what is yours.")
            )
        if hasattr(self.request, "review"):  # what is only looked at is not saved
            self.add_error(None, ValidationError("", code="review"))
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
