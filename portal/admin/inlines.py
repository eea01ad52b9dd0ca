"""Rows on the page of the row they belong to, one card each, ordered by hand."""

from django.contrib import admin
from django.forms.models import BaseInlineFormSet, ModelChoiceField
from modeltranslation.admin import TranslationInlineModelAdmin

from portal.admin.forms import InEitherLanguage
from portal.admin.languages import PairedLanguages
from portal.admin.scoped import ScopedInline
from portal.admin.surviving import SurvivingRows
from portal.admin.widgets import KnownChoices
from portal.conflicts import KeepsBoth

# Of a kind with more than fifty the cards are left to its list; a form that says it has more is cut off.
MOST_CARDS_READ = 500


class OneQueryFormSet(SurvivingRows, BaseInlineFormSet):
    """Rows whose choices and labels are read once for all, not once a form."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and not field.widget.is_hidden:
                self._share_choices(name, field, form.instance)

    def _share_choices(self, name, field, row):
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, KnownChoices):
            related = row._state.fields_cache.get(name)
            if related is not None:
                widget.known = {str(related.pk): str(related)}
            return
        shared = self.__dict__.setdefault("_shared_choices", {})
        if name not in shared:
            shared[name] = list(field.choices)
        field.choices = shared[name]


class CardsBase(ScopedInline):
    """Rows as cards, each with its fields in a grid; `position` is set by dragging, by buttons or as a number."""

    template = "admin/edit_inline/cards.html"
    formset = OneQueryFormSet
    extra = 0
    max_num = MOST_CARDS_READ
    # A long card shows one line until it is opened.
    folded = False

    def row_of(self, obj):
        return obj

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, absolute_max=MOST_CARDS_READ, **kwargs)

    def get_queryset(self, request):
        fields = [self.model._meta.get_field(name) for name in self.fields]
        followed = [field.name for field in fields if field.many_to_one]
        rows = super().get_queryset(request)
        rows = rows.select_related(*followed) if followed else rows
        return rows.prefetch_related(*(field.name for field in fields if field.many_to_many))


class Cards(CardsBase, admin.StackedInline):
    """Cards of a model without translated texts."""

    form = KeepsBoth


class TextCards(CardsBase, PairedLanguages, TranslationInlineModelAdmin, admin.StackedInline):
    """Cards of a translated model."""

    form = InEitherLanguage

    def _get_declared_fieldsets(self, request, obj=None):
        return [(None, {"fields": self.paired(self.fields)})]
