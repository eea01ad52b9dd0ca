"""What stands on the home page: what is on or next, and the latest of everything else."""

from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Count
from django.utils.translation import gettext as _

from portal import wings
from portal.dressing import dressed, dressed_albums, dressed_articles
from portal.models import Album, Article, Figure, Occasion
from portal.occasion_page import OccasionPage
from portal.pagecache.known import once_a_generation
from portal.paging import part_of

COMING, ARTICLES, ALBUMS = 6, 3, 4
FIGURES_WORTH_A_SECTION = 3


@dataclass(frozen=True)
class Section:
    """A part of the home page that a wing fills: its template, and what the template needs as `section`."""

    template: str
    content: object


@dataclass(frozen=True)
class FrontPage:
    """`lead` is what is on now or next, else the last that was; None before there is any."""

    lead: Occasion | None
    coming: list = field(default_factory=list)
    articles: list = field(default_factory=list)
    albums: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    counted_at: Occasion | None = None
    sections: list = field(default_factory=list)
    calls: list = field(default_factory=list)

    @property
    def eyebrow(self):
        """Whose the lead is."""
        return {"title": self.lead.kind_text}


def front_page(accent):
    """Return the `FrontPage`; `accent` is the community's colour, for covers that are drawn in no other."""
    ahead = _ahead(accent)
    lead = _lead(ahead)
    counted_at = next(iter(dressed(_last_counted(), accent)), None)
    return FrontPage(
        lead=lead,
        coming=[one for one in ahead if one is not lead],
        articles=_latest_articles(accent),
        albums=_latest_albums(accent),
        figures=list(counted_at.figures.filter(is_featured=True).select_related("source")) if counted_at else [],
        counted_at=counted_at,
        sections=list(chain.from_iterable(wing.home_sections() for wing in wings.every())),
        calls=_calls(lead, accent) if lead else [],
    )


@once_a_generation
def _ahead(accent):
    """Return what is on or ahead, the next first; the last that was where nothing is. Dressed, as a list."""
    occasions = Occasion.objects.published().select_related("city")
    return dressed(occasions.not_over()[: COMING + 1] or occasions.past()[:1], accent)


@once_a_generation
def _calls(lead, accent):
    """Return the buttons of the lead: the loudest of its own page, and the way there."""
    return [*OccasionPage(lead, accent).calls[:1], {"title": _("Details"), "url": lead.get_absolute_url(), "icon": ""}]


@once_a_generation
def _latest_articles(accent):
    return dressed_articles(part_of(Article.objects.published(), 0, ARTICLES), accent)


@once_a_generation
def _latest_albums(accent):
    return dressed_albums(part_of(Album.objects.published(), 0, ALBUMS), accent)


def _lead(occasions):
    """What is on now, else the next of a series, else the next; what is called off is told in the list."""
    standing = [one for one in occasions if one.standing == Occasion.Standing.SCHEDULED]
    return min(standing or occasions, key=lambda one: (one.phase != "on_now", not one.accent_class), default=None)


def _last_counted():
    """The last occasion of which enough was counted, if any: the flagship, not last week's meetup."""
    featured = Figure.objects.filter(is_featured=True).order_by().values("occasion").annotate(count=Count("pk"))
    occasions = Occasion.objects.published().select_related("city")
    return occasions.filter(pk__in=featured.filter(count__gte=FIGURES_WORTH_A_SECTION).values("occasion")).past()[:1]
