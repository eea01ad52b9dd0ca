"""Chapters with what the list of them shows, and one chapter with all that its page shows."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from meetups.labels import dressed
from meetups.models import Chapter, Leadership, Meetup
from portal.distances import kilometres
from portal.dotmap import Place
from portal.drawings import cover_url
from portal.dressing import dressed_albums, dressed_photos
from portal.models import Album, Photo

PAST_SHOWN, PHOTOS_SHOWN = 12, 12
NEAR_SHOWN, NEAR = 3, 1000  # kilometres: a night on a train, or a morning on a fast one


def current_leads():
    """Return the leads of today who are shown in public."""
    return Leadership.objects.published().current().select_related("person", "organization")


def listed_chapters():
    """Return the public chapters as a list, each with `leads`, `meetup_count` and `next_meetup`, in three queries."""
    now = timezone.now()
    chapters = list(
        Chapter.objects.published()
        .select_related("city")
        .annotate(meetup_count=Coalesce(Subquery(_public_meetups(now).values("count")), 0))
        .prefetch_related(
            Prefetch("leaderships", current_leads(), to_attr="leads"),
            Prefetch("meetups", _ahead(now), to_attr="meetups_ahead"),
        )
    )
    for chapter in chapters:
        chapter.next_meetup = next(iter(chapter.meetups_ahead), None)
    return chapters


def _public_meetups(now):
    """Return the count of a chapter's public meetups, as a subquery."""
    ties = Meetup.chapters.through.objects.filter(chapter=OuterRef("pk"), meetup__published_at__lte=now)
    return ties.order_by().values("chapter").annotate(count=Count("pk"))


def on_the_map(chapters):
    """Return a `portal.dotmap.Place` for each listed chapter; lively where the next meetup has a date."""
    return [
        Place(
            name=chapter.city.name,
            latitude=float(chapter.city.latitude),
            longitude=float(chapter.city.longitude),
            url=chapter.get_absolute_url(),
            title=chapter.name,
            lively=chapter.next_meetup is not None,
        )
        for chapter in chapters
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
    meetups = chapter.meetups.published().with_chapters()
    past = meetups.past()
    albums = Album.objects.published().filter(occasion__in=chapter.meetups.published().values("pk"))
    photos = Photo.objects.published().filter(album__in=albums.values("pk")).select_related("album")
    return ChapterPage(
        chapter=chapter,
        cover_url=chapter.cover.url if chapter.cover else cover_url(chapter.slug, accent),
        leads=list(current_leads().filter(chapter=chapter)),
        coming=dressed(meetups.not_over(), accent),
        past=dressed(past[:PAST_SHOWN], accent),
        past_count=past.count(),
        albums=dressed_albums(albums.with_covers(), accent),
        photos=dressed_photos(photos.order_by("-album__taken_on", "position", "pk")[:PHOTOS_SHOWN], accent),
        nearby=nearby(chapter),
    )


def nearby(chapter):
    """Return the nearest other chapters, as `listed_chapters()` returns them, each with its `kilometres` from here."""
    others = [other for other in listed_chapters() if other.city_id != chapter.city_id]
    for other in others:
        other.kilometres = round(kilometres(chapter.city, other.city))
    near = [other for other in others if other.kilometres <= NEAR]
    return sorted(near, key=lambda other: other.kilometres)[:NEAR_SHOWN]
