"""Organizations, the names they went by, and the levels at which they are partners."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.admin.base import CuratedAdmin
from portal.admin.filters import YearFilter
from portal.admin.inlines import TextCards
from portal.admin.languages import both
from portal.admin.merging import Mergeable
from portal.admin.moving import Moves
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin
from portal.admin.publishing import PublishingAdmin
from portal.admin.tables import InTables
from portal.models import Organization, OrganizationName, PartnerLevel, Partnership
from portal.tables.ground import ORGANIZATIONS, PARTNERSHIPS


class OrganizationNameCards(TextCards):
    model = OrganizationName
    fields = ["name", "since", "until"]


@admin.register(Organization)
class OrganizationAdmin(InTables, Mergeable, PublishingAdmin):
    table = ORGANIZATIONS
    actions = [*PublishingAdmin.actions, "merge_two"]
    list_display = ["__str__", "kind", "made_by", "publication_state"]
    list_filter = ["kind", *PublishingAdmin.list_filter]
    list_select_related = ["made_by"]
    search_fields = [*both("name", "names__name"), "slug"]
    autocomplete_fields = ["made_by"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [OrganizationNameCards]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "made_by", "website", "logo"]}),
        (_("Text"), {"fields": ["summary"]}),
        PublishingAdmin.PUBLICATION,
    ]


@admin.register(PartnerLevel)
class PartnerLevelAdmin(Ordered, CuratedAdmin):
    list_display = ["__str__", "role", "display", "position"]
    search_fields = [*both("name"), "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [(None, {"fields": ["name", "slug", "role", "display", "position"]})]


@admin.register(Partnership)
class PartnershipAdmin(InTables, Moves, Ordered, OwnedAdmin):
    table = PARTNERSHIPS
    list_display = ["organization", "level", "parent_link", "position"]
    list_filter = ["level", YearFilter, *OwnedAdmin.list_filter]
    list_editable = ["level", "position"]
    moved = ["level"]
    list_select_related = ["organization", "level"]
    search_fields = [*both("organization__name", "shown_as")]
    autocomplete_fields = ["organization"]
    fieldsets = [(None, {"fields": ["organization", "level", "shown_as", "note", "position"]})]
