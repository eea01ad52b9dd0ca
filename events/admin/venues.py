"""Venues and their rooms."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.models import Room, Venue
from portal.admin.inlines import TextCards
from portal.admin.languages import both
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin


class RoomCards(TextCards):
    model = Room
    fields = ["name", "slug", "capacity", "position"]


@admin.register(Venue)
class VenueAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "parent_link", "kind", "city", "is_online", "standing", "position"]
    list_editable = ["standing", "position"]
    list_select_related = ["city"]
    search_fields = [*both("name", "address", "city__name", "conference__title"), "slug"]
    autocomplete_fields = ["city", "albums"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [RoomCards]
    fieldsets = [
        (None, {"fields": ["name", "slug", ("kind", "is_online", "city"), "address", ("latitude", "longitude")]}),
        (_("Text"), {"fields": ["body"]}),
        (_("Event status"), {"fields": ["standing", "standing_note"]}),
        (_("More"), {"fields": ["time_zone", ("opens_at", "closes_at"), "albums", "position"]}),
    ]
