"""Booths, and the roll of thanks."""

from django.contrib import admin

from events.models import Booth, PublicCredit, Venue
from portal.admin.forms import PartForm
from portal.admin.languages import LanguageGapFilter, both
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin, ParentFilter


class BoothForm(PartForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "venue" in self.fields:
            self.fields["venue"].queryset = Venue.objects.filter(conference=self.instance.conference_id)


@admin.register(Booth)
class BoothAdmin(Ordered, OwnedAdmin):
    form = BoothForm
    list_display = ["__str__", "kind", "parent_link", "venue", "spot", "position"]
    list_filter = [ParentFilter, "kind", LanguageGapFilter]
    list_select_related = ["venue", "organization"]
    search_fields = [*both("title", "organization__name", "conference__title"), "spot"]
    autocomplete_fields = ["organization"]
    fieldsets = [(None, {"fields": ["organization", "title", "summary", ("kind", "venue", "spot"), "url", "position"]})]


@admin.register(PublicCredit)
class PublicCreditAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "role", "city", "parent_link", "position"]
    list_select_related = ["city"]
    search_fields = [*both("name", "role", "city__name")]
    autocomplete_fields = ["city", "person"]
    fieldsets = [(None, {"fields": ["name", "role", ("city", "person"), "position"]})]
