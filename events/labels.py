"""Conferences in the picture and colour that lists and cards show them in."""

from events.models import Conference, Series
from portal.dressing import Label, dress, dressed_albums
from portal.pagecache.known import once_a_generation
from portal.referring import may_refer

# Of a conference that was saved after all labels were read, a moment before their generation ends.
NOTHING_SAID = Label(kind_text="")


def label(conference):
    """Return the `Label` of a conference, from its series."""
    series = conference.series
    return Label(kind_text=series.name, accent=series.slug, colour=series.accent)


@once_a_generation
def labels():
    """Return a dict of primary key -> `Label` of all conferences: there are a few a year."""
    conferences = Conference.objects.select_related("series").only("series__name", "series__slug", "series__accent")
    return {conference.pk: label(conference) for conference in conferences}


@once_a_generation
def series_with_editions():
    """Return the list of public series, each with `edition_count`, `first_at` and `last_at`."""
    return list(Series.objects.published().with_editions())


def dressed(conferences):
    """Return the conferences as a list, each in the picture and colour that the partials of lists and cards read."""
    return [dress(conference, label(conference), accent=conference.series.accent) for conference in conferences]


@once_a_generation
def editions_of(series):
    """Return the public editions of a series, by its primary key, as a dressed list, the latest first."""
    return dressed(Conference.objects.published().filter(series=series).select_related("series", "city"))


def albums_of(part, conference):
    """Return the public albums of a part of a dressed conference, a forum or a venue, as a dressed list."""
    tie = type(part).albums.through
    albums = part.albums.published() if may_refer(tie, **{part._meta.model_name: part}) else []
    return dressed_albums(albums, conference.colour)
