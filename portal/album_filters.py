"""The filters of the list of albums."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.filters import LEFT_OUT, PublicFilterSet, RowFilter, WordsFilter, YearFilter
from portal.models import Album, City, Occasion, Person

OFFERED = 40
NAMES = ("slug", "title_zh_hans", "title_en")


class OccasionFilter(django_filters.ChoiceFilter):
    """Albums of an occasion by its slug: a conference and a meetup may share one, and then both are meant."""

    def __init__(self):
        super().__init__(
            field_name="occasion__slug",
            label=_("Conference or meetup"),
            empty_label=pgettext_lazy("albums", "All"),
            error_messages=LEFT_OUT,
        )

    def offer(self, rows):
        """Offer the latest, and the one that was asked for: nobody looks through a list of a thousand meetups."""
        occasions = Occasion.objects.published().filter(pk__in=rows.order_by().values("occasion"))
        offered = list(occasions.only(*NAMES)[:OFFERED])
        if self.asked and self.asked not in {occasion.slug for occasion in offered}:
            offered += occasions.filter(slug=self.asked).only(*NAMES)
        self.extra["choices"] = [(occasion.slug, occasion.title) for occasion in offered]


class PhotographerFilter(RowFilter):
    """Few of all the people take photos: those few are looked up, not each of the others tried."""

    def __init__(self):
        super().__init__(Person, "photographer", label=_("Photographer"), empty_label=pgettext_lazy("albums", "All"))

    def offer(self, rows):
        tied = rows.order_by().exclude(photographer=None).values("photographer")
        self.queryset = Person.objects.published().filter(pk__in=tied)


class AlbumFilters(PublicFilterSet):
    occasion = OccasionFilter()
    city = RowFilter(City, "occasion__city", label=_("City"), empty_label=_("All cities"))
    year = YearFilter("taken_on")
    photographer = PhotographerFilter()
    q = WordsFilter(fields=["title", "summary", "credit", "occasion__title", "occasion__city__name"])

    class Meta:
        model = Album
        fields = []
