"""People and their names and links."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.admin.inlines import Cards, TextCards
from portal.admin.languages import both
from portal.admin.merging import Mergeable
from portal.admin.publishing import PublishingAdmin
from portal.admin.tables import InTables
from portal.models import Person, PersonLink, PersonName
from portal.tables.ground import PEOPLE


class PersonNameCards(Cards):
    model = PersonName
    fields = ["name"]


class PersonLinkCards(TextCards):
    model = PersonLink
    fields = ["kind", "url", "title", "position"]


@admin.register(Person)
class PersonAdmin(InTables, Mergeable, PublishingAdmin):
    table = PEOPLE
    actions = [*PublishingAdmin.actions, "merge_two"]
    list_display = ["__str__", "title", "organization", "publication_state"]
    list_select_related = ["organization"]
    search_fields = [*both("name", "title"), "names__name", "slug"]
    autocomplete_fields = ["organization", "user"]
    account_fields = ["user"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [PersonNameCards, PersonLinkCards]
    fieldsets = [
        (None, {"fields": ["name", "slug", "title", "organization", "user"]}),
        (_("Bio"), {"fields": ["bio"]}),
        (_("Portrait"), {"fields": ["portrait", "portrait_credit"]}),
        PublishingAdmin.PUBLICATION,
    ]
