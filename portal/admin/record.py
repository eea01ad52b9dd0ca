"""The record of an occasion, and the sources it was read from."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.admin.base import CuratedAdmin
from portal.admin.filters import YearFilter
from portal.admin.inlines import TextCards
from portal.admin.languages import both
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin
from portal.admin.tables import InTables
from portal.models import Award, AwardRecipient, City, Figure, Highlight, Part, Source
from portal.tables.ground import AWARDS, FIGURES


@admin.register(Source)
class SourceAdmin(CuratedAdmin):
    list_display = ["__str__", "publisher", "dated"]
    search_fields = [*both("title", "publisher"), "url"]
    date_hierarchy = "dated"
    fieldsets = [(None, {"fields": ["title", "publisher", "url", "dated", "note"]})]


@admin.register(Figure)
class FigureAdmin(InTables, Ordered, OwnedAdmin):
    table = FIGURES
    list_display = ["__str__", "precision", "parent_link", "source", "is_featured", "position"]
    list_filter = ["measure", YearFilter, *OwnedAdmin.list_filter]
    list_editable = ["is_featured", "position"]
    list_select_related = ["source"]
    search_fields = [*both("label", "occasion__title")]
    autocomplete_fields = ["source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("measure", "precision", "value"),
                    "label",
                    "unit",
                    "source",
                    ("is_featured", "position"),
                ]
            },
        )
    ]


@admin.register(Highlight)
class HighlightAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "parent_link", "source", "position"]
    list_filter = [YearFilter, *OwnedAdmin.list_filter]
    list_select_related = ["source"]
    search_fields = [*both("title", "occasion__title")]
    autocomplete_fields = ["people", "organizations", "source"]
    fieldsets = [
        (None, {"fields": ["title", "body"]}),
        (_("Who was in it"), {"fields": ["people", "organizations"]}),
        (_("Picture and links"), {"fields": ["image", "url", "source", "position"]}),
    ]


class RecipientCards(TextCards):
    model = AwardRecipient
    fields = ["person", "organization", "name_then", "title_then", "organization_then", "position"]
    autocomplete_fields = ["person", "organization"]


@admin.register(Award)
class AwardAdmin(InTables, Ordered, OwnedAdmin):
    table = AWARDS
    list_display = ["__str__", "parent_link", "position"]
    list_filter = [YearFilter, *OwnedAdmin.list_filter]
    search_fields = [*both("name", "occasion__title")]
    autocomplete_fields = ["source"]
    inlines = [RecipientCards]
    fieldsets = [(None, {"fields": ["name", "summary", "source", "position"]})]


@admin.register(Part)
class PartAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "role", "organization", "parent_link", "position"]
    list_filter = ["role", YearFilter, *OwnedAdmin.list_filter]
    list_select_related = ["person", "organization"]
    search_fields = [*both("person__name", "name_then", "organization__name")]
    autocomplete_fields = ["person", "organization"]
    fieldsets = [
        (None, {"fields": ["role", "person", "organization"]}),
        (_("As it was that day"), {"fields": ["name_then", "title_then", "organization_then"]}),
        (_("More"), {"fields": ["note", "url", "position"]}),
    ]


@admin.register(City)
class CityAdmin(CuratedAdmin):
    list_display = ["__str__", "slug", "time_zone"]
    search_fields = [*both("name"), "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [(None, {"fields": ["name", "slug", ("latitude", "longitude"), "time_zone"]})]

    def get_form(self, request, obj=None, **kwargs):
        """Say where to find two numbers that nobody knows by heart."""
        told = {
            "latitude": _("In degrees, such as 30.66 for Chengdu. An encyclopedia or a map tells both."),
            "longitude": _("In degrees, such as 104.07 for Chengdu."),
        }
        return super().get_form(request, obj, help_texts=told, **kwargs)
