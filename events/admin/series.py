"""Series and who organizes them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.models import Organizing, Series
from portal.admin.base import CuratedAdmin
from portal.admin.inlines import TextCards
from portal.admin.languages import both
from portal.admin.ordering import Ordered
from portal.admin.widgets import ColourInput

MANDATE_FIELDS = [
    "person",
    "organization",
    "name_then",
    "title_then",
    "organization_then",
    "since",
    "until",
    "is_public",
    "position",
]


class OrganizingCards(TextCards):
    model = Organizing
    fields = MANDATE_FIELDS
    autocomplete_fields = ["person", "organization"]
    folded = True


@admin.register(Series)
class SeriesAdmin(Ordered, CuratedAdmin):
    list_display = ["__str__", "slug", "organization", "position"]
    list_select_related = ["organization"]
    search_fields = [*both("name", "full_name"), "slug"]
    autocomplete_fields = ["organization"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [OrganizingCards]
    fieldsets = [
        (None, {"fields": ["name", "full_name", "slug", "organization", "position"]}),
        (_("Text"), {"fields": ["summary", "body"]}),
        (_("Appearance"), {"fields": ["accent", "logo"]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "accent":
            kwargs["widget"] = ColourInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)
