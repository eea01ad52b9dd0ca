"""Rows in their picture and colour, as the partials for lists and cards show them.

What these functions set on a row is read by `_occasion_list.html`, `_occasion_cards.html`,
`_album_cards.html`, `_article_cards.html` and `_photo_grid.html`. `accent` is always the
community's colour: that of whatever belongs to no series.
"""

from typing import NamedTuple

from portal import wings
from portal.drawings import cover_url

# The shapes that photos.css knows, as width by height.
RATIOS = {
    "ratio-1x1": 1,
    "ratio-3x2": 3 / 2,
    "ratio-2x3": 2 / 3,
    "ratio-4x3": 4 / 3,
    "ratio-3x4": 3 / 4,
    "ratio-16x9": 16 / 9,
    "ratio-9x16": 9 / 16,
    "ratio-2x1": 2,
}
PLACEHOLDER = (1200, 800)


class Label(NamedTuple):
    """What a wing says of its occasion: whose it is ("COSCon", "KCC Changsha"), and its series' slug and colour, if any."""

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
    """Return the albums as a list, each with `cover_picture`, the path of a photo of it (empty where none is at hand),
    `cover_url`, which is then drawn instead, and `colour`, its occasion's.

    Needs what `Album.objects.with_covers()` fetches.
    """
    albums = list(albums)
    occasions = {one.pk: one for one in dressed([album.occasion for album in albums if album.occasion_id], accent)}
    for album in albums:
        album.colour = occasions[album.occasion_id].colour if album.occasion_id else accent
        chosen = [album.cover] if album.cover_id and album.cover.image else album.first_photos
        album.cover_picture = chosen[0].image.url if chosen else ""
        album.cover_url = album.cover_picture or cover_url(album.slug, album.colour)
    return albums


def dressed_photos(photos, colour):
    """Return the photos as a list, each with `shown_url`, `shown_width`, `shown_height`, `ratio_class` and `is_missing`.

    Where the file is not at hand a cover is drawn in `colour`, never an invented photo. Needs `album`.
    """
    photos = list(photos)
    for photo in photos:
        photo.is_missing = not photo.image
        photo.shown_width, photo.shown_height = PLACEHOLDER if photo.is_missing else (photo.width, photo.height)
        ratio = photo.shown_width / photo.shown_height
        photo.ratio_class = min(RATIOS, key=lambda name: abs(RATIOS[name] - ratio))
        drawn = cover_url(f"{photo.album.slug} {photo.pk}", colour, ratio) if photo.is_missing else ""
        photo.shown_url = drawn or photo.image.url
    return photos


def dressed_articles(articles, accent):
    """Return the articles as a list, each with `cover_url`: its own picture, its occasion's, or drawn.

    Needs `occasions`, the public ones only.
    """
    articles = list(articles)
    first = {article.pk: article.occasions.all()[0] for article in articles if article.occasions.all()}
    occasions = {one.pk: one.cover_url for one in dressed(first.values(), accent)}
    for article in articles:
        of_occasion = occasions[first[article.pk].pk] if article.pk in first else ""
        article.cover_url = article.cover.url if article.cover else of_occasion or cover_url(article.slug, accent)
    return articles
