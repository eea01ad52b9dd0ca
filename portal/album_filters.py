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

    def choices_among(self, rows):
        """Return the latest: nobody looks through a list of a thousand meetups."""
        return _titles(_occasions_of(rows)[:OFFERED])

    def offer(self, choices, rows):
        """Offer these, and the one that was asked for."""
        if self.asked and self.asked not in dict(choices):
            choices = [*choices, *_titles(_occasions_of(rows).filter(slug=self.asked))]
        self.extra["choices"] = choices


def _occasions_of(albums):
    return Occasion.objects.published().filter(pk__in=albums.order_by().values("occasion"))


def _titles(occasions):
    return [(occasion.slug, occasion.title) for occasion in occasions.only(*NAMES)]


class PhotographerFilter(RowFilter):
    """Few of all the people take photos: those few are looked up, not each of the others tried."""

    def __init__(self):
        super().__init__(Person, "photographer", label=_("Photographer"), empty_label=pgettext_lazy("albums", "All"))

    def tied_to(self, rows):
        tied = rows.order_by().exclude(photographer=None).values("photographer")
        return Person.objects.published().filter(pk__in=tied)


class AlbumFilters(PublicFilterSet):
    occasion = OccasionFilter()
    city = RowFilter(City, "occasion__city", label=_("City"), empty_label=_("All cities"))
    year = YearFilter("taken_on")
    photographer = PhotographerFilter()
    q = WordsFilter(fields=["title", "summary", "credit", "occasion__title", "occasion__city__name"])

    class Meta:
        model = Album
        fields = []
