"""Rows in their picture and colour, as the partials for lists and cards show them.

What these functions set on a row is read by `_occasion_list.html`, `_occasion_cards.html`,
`_album_cards.html`, `_article_cards.html` and `_photo_grid.html`. `accent` is always the
community's colour: that of whatever belongs to no series.
"""

from typing import NamedTuple

from django.utils import timezone

from portal import wings
from portal.drawings import cover_url
from portal.models import Album, Article, Occasion, Photo

# photo-shapes.css has a class for every fiftieth between these proportions, width by height.
FLATTEST, TALLEST = 2.6, 0.4
PLACEHOLDER = (1200, 800)
CARD_WIDTH, PAGE_WIDTH = 640, 1280
# How many photos of a page may be in the first view, and so are not left for later.
FIRST_VIEW = 8


class Label(NamedTuple):
    """What a wing says of its occasion: whose it is ("COSCon", "KCC Changsha"), and its series' slug and colour."""

    kind_text: str
    accent: str = ""
    colour: str = ""


def dressed(occasions, accent):
    """Return the occasions as a list, each with what `dress()` sets; one query a wing."""
    occasions = list(occasions)
    labels = {}
    for wing in wings.every():
        of_wing = [occasion for occasion in occasions if occasion.wing == wing.name]
        if of_wing:
            labels |= wing.labels_of(of_wing)
    return [dress(occasion, labels[occasion.pk], accent) for occasion in occasions]


def dress(occasion, label, accent):
    """Set `kind_text`, `accent_class`, `colour` and `cover_url` on one occasion, and return it."""
    occasion.kind_text = label.kind_text
    occasion.accent_class = f"accent-{label.accent}" if label.accent else ""
    occasion.colour = label.colour or accent
    occasion.cover_url = occasion.cover.url if occasion.cover else cover_url(occasion.slug, occasion.colour)
    return occasion


def dressed_albums(albums, accent):
    """Return the albums as a list, each with its `colour` and with what `pictured()` sets."""
    return pictured(coloured(list(albums), accent))


def coloured(albums, accent):
    """Set `colour`, that of its occasion, on each album of a list, and return the list."""
    colours = _colours_of({album.occasion_id for album in albums})
    for album in albums:
        album.colour = colours.get(album.occasion_id, accent)
    return albums


def pictured(albums):
    """Set `photo_count`, `cover_picture`, the path of a photo of it (empty where none is at hand), and `cover_url`,
    which is then drawn instead, on each album of a list that is coloured, and return the list.
    """
    if not albums:
        return albums
    counted = Album.objects.filter(pk__in=[album.pk for album in albums]).counted()
    facts = {pk: told for pk, *told in counted.order_by().values_list("pk", "photo_count", "first_photo")}
    pictures = _pictures({album.cover_id for album in albums} | {first for _count, first in facts.values()})
    for album in albums:
        album.photo_count, first = facts[album.pk]
        chosen = pictures.get(album.cover_id) or pictures.get(first)
        album.cover_picture = chosen.rendition_url(CARD_WIDTH) if chosen else ""
        album.cover_url = album.cover_picture or cover_url(album.slug, album.colour)
    return albums


def _pictures(keys):
    """Return a dict of primary key -> photo, with what names its renditions, of those whose file is at hand."""
    photos = Photo.objects.exclude(key="").only("key", "widths", "fallback")
    return photos.in_bulk(keys - {None})


def _colours_of(occasions):
    """Return a dict of primary key -> colour; of these keys of occasions, those that do not wear the community's."""
    if not occasions - {None}:
        return {}
    return {pk: colour for wing in wings.every() for pk, colour in wing.colours().items() if pk in occasions}


def first_photos(albums, count):
    """Return the first photos of public albums, which come the latest first, as a list; each has its `album`."""
    if not albums:
        return []
    of_key = {album.pk: album for album in albums}
    photos = Photo.objects.published().filter(album__in=of_key).in_a_grid().order_by("album", "position", "pk")
    photos = list(photos[:count])
    for photo in photos:
        photo.album = of_key[photo.album_id]
    return photos


def dressed_photos(photos, colour):
    """Return the photos as a list, each with `shown_url`, `shown_set` and `shown_set_avif` (as `srcset` says them),
    `shown_width`, `shown_height`, `is_missing`, and for the grid `shape_class`, `grid_sizes` and `is_first` (of those
    that are seen without scrolling).

    Where the file is not at hand a cover is drawn in `colour`, never an invented photo. Needs `album`.
    """
    photos = list(photos)
    for place, photo in enumerate(photos):
        photo.is_first = place < FIRST_VIEW
        photo.is_missing = not photo.key
        photo.shown_width, photo.shown_height = PLACEHOLDER if photo.is_missing else (photo.width, photo.height)
        ratio = photo.shown_width / photo.shown_height
        photo.shape_class = f"w-{round(50 * min(max(ratio, TALLEST), FLATTEST))}"
        # Rows are some 220 px high on a desktop. On a phone's fine screen, 1.5 pixels for a point look as sharp as 3.
        photo.grid_sizes = f"(min-width: 48rem) {round(min(ratio, FLATTEST) * 220)}px, 27vw"
        drawn = cover_url(f"{photo.album.slug} {photo.pk}", colour, ratio) if photo.is_missing else ""
        photo.shown_url = drawn or photo.rendition_url(PAGE_WIDTH)
        photo.shown_set, photo.shown_set_avif = ("", "") if drawn else (photo.srcset(), photo.srcset("avif"))
    return photos


def dressed_articles(articles, accent):
    """Return the articles as a list, each with `cover_url`: its own picture, its latest public occasion's, or drawn."""
    articles = list(articles)
    to_draw = [article for article in articles if not article.cover]
    of_occasions = _covers_of_occasions(to_draw, accent) if to_draw else {}
    for article in articles:
        drawn = of_occasions.get(article.pk) or cover_url(article.slug, accent)
        article.cover_url = article.cover.url if article.cover else drawn
    return articles


def dress_article(article, occasions, accent):
    """Set `cover_url` on an article as `dressed_articles()` does; its public occasions come dressed, the last first."""
    drawn = occasions[0].cover_url if occasions else cover_url(article.slug, accent)
    article.cover_url = article.cover.url if article.cover else drawn


def _covers_of_occasions(articles, accent):
    """Return a dict of primary key -> the path of the cover of the latest public occasion that an article tells of."""
    ties = Article.occasions.through.objects.filter(article__in=articles)
    ties = ties.filter(Occasion.objects.all().public(timezone.now(), "occasion__"))
    # The latest stands last, and stays.
    ties = ties.order_by("occasion__starts_at", "occasion_id")
    told = list(ties.values_list("article", "occasion", "occasion__slug", "occasion__cover"))
    picture = Occasion._meta.get_field("cover").storage.url
    colours = _colours_of({occasion for _article, occasion, _slug, _cover in told})
    return {
        article: picture(cover) if cover else cover_url(slug, colours.get(occasion, accent))
        for article, occasion, slug, cover in told
    }
