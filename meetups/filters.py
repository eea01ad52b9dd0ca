"""The filters of the list of meetups."""

from django.utils.translation import gettext_lazy as _

from meetups.models import Chapter, Meetup
from portal.filters import PublicFilterSet, RowFilter, WordsFilter, YearFilter
from portal.models import City


class MeetupFilters(PublicFilterSet):
    chapter = RowFilter(Chapter, "chapters", label=_("Chapter"), empty_label=_("All chapters"))
    city = RowFilter(City, "city", label=_("City"), empty_label=_("All cities"))
    year = YearFilter("starts_at")
    q = WordsFilter(fields=["title", "theme", "summary", "place", "city__name", "along_with_name"])

    class Meta:
        model = Meetup
        fields = []
