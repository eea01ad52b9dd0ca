"""Chapters with what the list of them shows, and one chapter with all that its page shows."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from meetups.labels import dressed
from meetups.models import Chapter, Leadership, Meetup
from portal.distances import kilometres
from portal.dotmap import Place
from portal.drawings import cover_url
from portal.dressing import dressed_albums, dressed_photos
from portal.languages import in_order
from portal.models import Album, City, Photo
from portal.pagecache.known import once_a_generation

PAST_SHOWN, PHOTOS_SHOWN = 12, 12
WHEN = ("starts_at", "ends_at", "precision", "time_zone")  # what a date in words is made of
NEAR_SHOWN, NEAR = 3, 1000  # kilometres: a night on a train, or a morning on a fast one


def current_leads():
    """Return the leads of today who are shown in public."""
    return Leadership.objects.published().current().select_related("person", "organization")


def listed(chapters):
    """Return public chapters as a list, each with `leads`, `meetup_count` and `next_meetup`, in three queries.

    `chapters` is a queryset, or a part of one.
    """
    now = timezone.now()
    chapters = list(
        chapters.select_related("city")
        .annotate(meetup_count=Coalesce(Subquery(_public_meetups(now).values("count")), 0))
        .prefetch_related(
            Prefetch("leaderships", Leadership.objects.published().current().select_related("person"), to_attr="leads"),
            Prefetch("meetups", _ahead(now).only(*WHEN), to_attr="meetups_ahead"),
        )
    )
    for chapter in chapters:
        chapter.next_meetup = next(iter(chapter.meetups_ahead), None)
    return chapters


@once_a_generation
def first_listed(count):
    """Return the first chapters as `listed()` does, for the home page and the first page of their list."""
    return listed(Chapter.objects.published()[:count])


@once_a_generation
def count_of_chapters():
    return Chapter.objects.published().count()


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
    """What one chapter's page shows; `past_count` counts all past meetups, `past` holds the latest."""

    chapter: Chapter
    cover_url: str
    leads: list
    coming: list
    past: list
    past_count: int
    albums: list
    photos: list
    nearby: list

    @property
    def is_joinable(self):
        """Whether there is something to say of how to join."""
        return bool(self.chapter.live_group_qr or self.chapter.contact_note)


def chapter_page(chapter, accent):
    """Return the `ChapterPage`; the number of queries does not depend on how much there is."""
    meetups = chapter.meetups.published().select_related("city")
    past = meetups.past()
    coming = list(meetups.not_over())
    shown_meetups = dressed([*coming, *past[:PAST_SHOWN]], accent)
    albums = Album.objects.published().filter(occasion__in=chapter.meetups.published().values("pk"))
    shown = dressed_albums(albums, accent)
    return ChapterPage(
        chapter=chapter,
        cover_url=chapter.cover.url if chapter.cover else cover_url(chapter.slug, accent),
        leads=list(current_leads().filter(chapter=chapter)),
        coming=shown_meetups[: len(coming)],
        past=shown_meetups[len(coming) :],
        past_count=past.count(),
        albums=shown,
        photos=dressed_photos(_latest_photos(shown), accent),
        nearby=nearby(chapter),
    )


def _latest_photos(albums):
    """Return the first photos of the latest albums, which come with their `photo_count`, the latest first."""
    count, latest = 0, {}
    for album in albums:
        if count < PHOTOS_SHOWN:
            latest[album.pk] = album
            count += album.photo_count
    photos = Photo.objects.published().filter(album__in=latest)
    photos = list(photos.order_by("-album__taken_on", "-album_id", "position", "pk")[:PHOTOS_SHOWN])
    for photo in photos:
        photo.album = latest[photo.album_id]
    return photos


def nearby(chapter):
    """Return the nearest other chapters, as `listed()` returns them, each with its `kilometres` from here."""
    away = {city.pk: round(kilometres(chapter.city, city)) for city in _cities() if city.pk != chapter.city_id}
    nearest = sorted((city for city in away if away[city] <= NEAR), key=away.get)[:NEAR_SHOWN]
    near = listed(Chapter.objects.published().filter(city__in=nearest))
    for other in near:
        other.kilometres = away[other.city_id]
    return sorted(near, key=lambda other: other.kilometres)[:NEAR_SHOWN]


@once_a_generation
def _cities():
    """Return where there are chapters, as a list of cities that know their place on the globe alone."""
    return list(City.objects.filter(pk__in=Chapter.objects.published().values("city")).only("latitude", "longitude"))
