"""Chapters with what the list of them shows, and one chapter with all that its page shows."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from meetups.labels import dressed
from meetups.models import Chapter, ChapterLink, Leadership, Meetup
from portal.as_of_then import read_as_of_then
from portal.distances import kilometres
from portal.dotmap import Place
from portal.drawings import cover_url
from portal.dressing import dressed_albums, dressed_photos, first_photos
from portal.languages import in_order
from portal.models import Album, City, Occasion
from portal.pagecache import known
from portal.pagecache.known import once_a_generation
from portal.referring import may_refer

PAST_SHOWN, PHOTOS_SHOWN = 12, 12
WHEN = ("starts_at", "ends_at", "precision", "time_zone")  # what a date in words is made of
NEAR_SHOWN, NEAR = 3, 1000  # kilometres: a night on a train, or a morning on a fast one


def listed(chapters):
    """Return public chapters as a list, each with `leads` (a list of `ReadAsOfThen`), `meetup_count` and `next_meetup`.

    `chapters` is a queryset, or a part of one. Three queries.
    """
    now = timezone.now()
    chapters = list(
        chapters.select_related("city")
        .only("slug", "position", "city__name", "city__latitude", "city__longitude")
        .annotate(meetup_count=Coalesce(Subquery(_public_meetups(now).values("count")), 0))
        .prefetch_related(Prefetch("meetups", _ahead(now).only(*WHEN), to_attr="meetups_ahead"))
    )
    leads = _leads_of(chapters)
    for chapter in chapters:
        chapter.leads = leads[chapter.pk]
        chapter.next_meetup = next(iter(chapter.meetups_ahead), None)
    return chapters


def _leads_of(chapters):
    """Return a dict of a chapter's primary key -> its leads of today who are shown in public."""
    leads, of_chapters = defaultdict(list), Leadership.objects.published().current().filter(chapter__in=chapters)
    for lead in read_as_of_then(of_chapters, "chapter_id"):
        leads[lead.chapter_id].append(lead)
    return leads


def _listed_around(chapter, cities):
    """Return public chapters as `listed()` does, the given one and those of some cities among them.

    Each stands near others, so all of them are read where they stay known; where nothing does, these alone.
    """
    if known.current():
        return _all_listed()
    return listed(Chapter.objects.published().filter(Q(pk=chapter.pk) | Q(city__in=cities)))


@once_a_generation
def _all_listed():
    return listed(Chapter.objects.published())


@once_a_generation
def first_listed(count):
    """Return the first chapters as `listed()` does, for the home page and the first page of their list."""
    return listed(Chapter.objects.published()[:count])


def _public_meetups(now):
    """Return the count of a chapter's public meetups, as a subquery."""
    ties = Meetup.chapters.through.objects.filter(chapter=OuterRef("pk"), meetup__published_at__lte=now)
    return ties.order_by().values("chapter").annotate(count=Count("pk"))


@once_a_generation
def on_the_map():
    """Return a `portal.dotmap.Place` for each public chapter, in one query; lively where a meetup is ahead."""
    lively = Q(pk__in=_ahead(timezone.now()).order_by().values("chapters"))
    rows = Chapter.objects.published().annotate(lively=ExpressionWrapper(lively, BooleanField()))
    # Of another table's row the active language is not found by itself.
    cities = [f"city__{build_localized_fieldname('name', code)}" for code in in_order()]
    told = rows.values_list("slug", "name", "lively", "city__latitude", "city__longitude", *cities)
    return [
        Place(
            name=next(filter(None, names), name),
            latitude=float(latitude),
            longitude=float(longitude),
            url=reverse("chapter", args=[slug]),
            title=name,
            lively=lively,
        )
        for slug, name, lively, latitude, longitude, *names in told
    ]


def _ahead(now):
    return Meetup.objects.published(now).not_over(now).filter(standing=Meetup.Standing.SCHEDULED)


@dataclass(frozen=True)
class ChapterPage:
    """What one chapter's page shows; `past_count` counts all past meetups, `past` holds the latest.

    `albums` are told of where they have no photo to show.
    """

    chapter: Chapter
    cover_url: str
    leads: list
    coming: list
    past: list
    past_count: int
    links: list
    albums: list
    photos: list
    nearby: list

    @property
    def is_joinable(self):
        """Whether there is something to say of how to join."""
        return bool(self.chapter.live_group_qr or self.chapter.contact_note)


def chapter_page(chapter, accent):
    """Return the `ChapterPage`; the number of queries does not depend on how much there is."""
    over_at = dict(chapter.meetups.published().order_by("starts_at", "id").values_list("pk", "over_at"))
    now = timezone.now()
    coming = [pk for pk in over_at if over_at[pk] > now]
    past = [pk for pk in reversed(over_at) if over_at[pk] <= now]
    meetups = _dressed_meetups([*coming, *past[:PAST_SHOWN]], accent)
    albums = list(Album.objects.published().filter(occasion__in=over_at))
    photos, away = dressed_photos(_latest_photos(albums), accent), _nearest_cities(chapter)
    around = _listed_around(chapter, away)
    return ChapterPage(
        chapter=chapter,
        cover_url=chapter.cover.url if chapter.cover else cover_url(chapter.slug, accent),
        leads=[lead for one in around if one.pk == chapter.pk for lead in one.leads],
        coming=meetups[: len(coming)],
        past=meetups[len(coming) :],
        past_count=len(past),
        links=list(chapter.links.all()) if may_refer(ChapterLink, chapter=chapter) else [],
        albums=[] if photos else dressed_albums(albums, accent),
        photos=photos,
        nearby=_nearby(around, away),
    )


def _dressed_meetups(keys, accent):
    """Return the meetups of these primary keys as a dressed list, in their order: as the occasions that lists show."""
    occasions = Occasion.objects.select_related("city").in_bulk(keys)
    return dressed([occasions[key] for key in keys], accent)


def _latest_photos(albums):
    """Return the first photos of albums, which come the latest first: mostly the last one has enough."""
    photos = first_photos(albums[:1], PHOTOS_SHOWN)
    return photos if len(photos) == PHOTOS_SHOWN else first_photos(albums, PHOTOS_SHOWN)


def _nearest_cities(chapter):
    """Return a dict of primary key -> kilometres from a chapter: the nearest cities that have chapters."""
    away = {city.pk: round(kilometres(chapter.city, city)) for city in _cities() if city.pk != chapter.city_id}
    nearest = sorted((city for city in away if away[city] <= NEAR), key=away.get)[:NEAR_SHOWN]
    return {city: away[city] for city in nearest}


def _nearby(chapters, away):
    """Return those of chapters that are in the cities of `away`, the nearest first, each with its `kilometres`."""
    near = [copy(other) for other in chapters if other.city_id in away]
    for other in near:
        other.kilometres = away[other.city_id]
    return sorted(near, key=lambda other: other.kilometres)[:NEAR_SHOWN]


@once_a_generation
def _cities():
    """Return where there are chapters, as a list of cities that know their place on the globe alone."""
    return list(City.objects.filter(pk__in=Chapter.objects.published().values("city")).only("latitude", "longitude"))
