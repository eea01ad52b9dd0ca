"""Conferences."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.admin.imports import ImportsProgramme
from events.admin.next_edition import MakesNextEdition
from events.admin.schedule import ReleasesSchedule
from events.admin.timetable import MakesTimetable
from events.models import Conference
from portal.admin.languages import both
from portal.admin.occasions import OccasionAdmin, OccasionForm
from portal.admin.publishing import PublishingAdmin


class ConferenceForm(OccasionForm):
    def wanted_slug(self):
        """The series and the year: coscon-2023."""
        series, first_day = self.cleaned_data.get("series"), self.cleaned_data.get("first_day")
        return f"{series.slug}-{first_day.year}" if series and first_day else super().wanted_slug()


@admin.register(Conference)
class ConferenceAdmin(MakesNextEdition, ReleasesSchedule, MakesTimetable, ImportsProgramme, OccasionAdmin):
    form = ConferenceForm
    list_display = ["__str__", "series", "when", "city", "standing_mark", "publication_state"]
    list_select_related = ["series", "city"]
    list_filter = ["series", *OccasionAdmin.list_filter]
    search_fields = [*OccasionAdmin.search_fields, *both("full_name", "series__name")]
    fieldsets = [
        (
            pgettext_lazy("of a thing", "Name"),
            {"fields": ["title", "full_name", "slug", ("series", "edition"), "theme", "format_note"]},
        ),
        OccasionAdmin.WHEN_AND_WHERE,
        (_("Text"), {"fields": ["summary", "body"]}),
        OccasionAdmin.STANDING,
        OccasionAdmin.COVER,
        PublishingAdmin.PUBLICATION,
    ]
