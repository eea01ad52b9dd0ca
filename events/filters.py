"""The filters of the list of conferences."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Conference, Series, Venue
from portal.filters import OccasionYearFilter, PublicFilterSet, RowFilter, WordsFilter
from portal.models import City


class CityFilter(RowFilter):
    """Conferences held in a city, be it with one venue of many; a cancelled venue counts, for people look for it."""

    def __init__(self):
        super().__init__(City, "city", label=_("City"), empty_label=_("All cities"))

    def tied_to(self, rows):
        rows = rows.order_by()
        return City.objects.filter(Q(pk__in=rows.values("city")) | Q(pk__in=rows.values("venues__city")))

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(Q(city=value) | Q(pk__in=Venue.objects.filter(city=value).values("conference")))


class ConferenceFilters(PublicFilterSet):
    series = RowFilter(Series, "series", label=_("Series"), empty_label=_("All series"))
    year = OccasionYearFilter()
    city = CityFilter()
    q = WordsFilter(
        fields=["title", "full_name", "theme", "summary", "place", "series__name", "series__full_name", "city__name"],
        plain_fields=["slug"],
    )

    class Meta:
        model = Conference
        fields = []
