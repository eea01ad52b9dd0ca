"""When speakers can be there."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Presence
from portal.admin.languages import both
from portal.admin.parts import OwnedAdmin, ParentFilter
from portal.admin.times import TimesOfOccasion


@admin.register(Presence)
class PresenceAdmin(TimesOfOccasion, OwnedAdmin):
    list_display = ["person", "parent_link", "since", "until"]
    list_filter = [ParentFilter]
    list_select_related = ["person"]
    search_fields = both("person__name")
    autocomplete_fields = ["person"]
    fieldsets = [(None, {"fields": ["person", ("starts_at", "ends_at")]})]

    @admin.display(description=_("from"), ordering="starts_at")
    def since(self, row):
        return self._local(row, row.starts_at)

    @admin.display(description=_("until"), ordering="ends_at")
    def until(self, row):
        return self._local(row, row.ends_at)

    @staticmethod
    def _local(row, moment):
        return timezone.localtime(moment, row.conference.tzinfo).strftime("%m-%d %H:%M")
