"""The filters of the list of meetups."""

from django.utils.translation import gettext_lazy as _

from meetups.models import Chapter, Meetup
from portal.filters import OccasionYearFilter, PublicFilterSet, RowFilter, WordsFilter
from portal.models import City


class MeetupFilters(PublicFilterSet):
    # What a chapter is called is a setting of the community, so that no label here names one.
    chapter = RowFilter(Chapter, "chapters", label=_("Host"), empty_label=_("All hosts"))
    city = RowFilter(City, "city", label=_("City"), empty_label=_("All cities"))
    year = OccasionYearFilter()
    q = WordsFilter(fields=["title", "theme", "summary", "place", "city__name", "along_with_name"])

    class Meta:
        model = Meetup
        fields = []
