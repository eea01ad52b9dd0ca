"""Chinese and English side by side on one form, and what lacks one of them."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationBaseModelAdmin
from modeltranslation.utils import get_translation_fields

from portal.gaps import texts_with_a_gap
from portal.languages import CODES, HTML_LANG

LABELS = dict(settings.LANGUAGES)


def both(*texts):
    """Return the columns of the texts in both languages, for `search_fields`: a search for one would miss the other."""
    return [column for text in texts for column in _columns(text)]


def _columns(text):
    path, _sep, name = text.rpartition("__")
    return [f"{path}__{column}" if path else column for column in get_translation_fields(name)]


def label_of(column):
    """Return what forms call a column: "Title · English", "Slug"."""
    text = capfirst(getattr(column, "translated_field", column).verbose_name)
    language = getattr(column, "language", None)
    return format_lazy("{text} · {language}", text=text, language=LABELS[language]) if language else text


class PairedLanguages(TranslationBaseModelAdmin):
    """For admins and inlines of translated models: both languages of a text stand on one line.

    A text that must be there is required in at least one language, whichever (`OrganizersForm` sees to it).
    """

    def _patch_fieldsets(self, fieldsets):
        return [(name, {**options, "fields": self.paired(options["fields"])}) for name, options in fieldsets]

    def paired(self, lines):
        """Return the lines of a fieldset with each translated field replaced by the pair of its languages."""
        return [tuple(get_translation_fields(line)) if self._is_text(line) else line for line in lines]

    def patch_translation_field(self, db_field, field, request, **kwargs):
        super().patch_translation_field(db_field, field, request, **kwargs)
        if hasattr(db_field, "translated_field"):
            field.required = False
            field.label = label_of(db_field)
            field.widget.attrs.update({"data-language": db_field.language, "lang": HTML_LANG[db_field.language]})

    def _is_text(self, line):
        return isinstance(line, str) and line in self.trans_opts.all_fields


class LanguageGapFilter(admin.SimpleListFilter):
    """Rows that lack a text in one language which they have in the other."""

    title = _("missing translation")
    parameter_name = "gap"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        if self.value() not in CODES:
            return queryset
        return queryset.filter(texts_with_a_gap(queryset.model, self.value()))
