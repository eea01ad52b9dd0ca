"""Links to maps: Amap, which opens everywhere in mainland China, and OpenStreetMap for elsewhere."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _

AMAP, OPENSTREETMAP = "https://uri.amap.com", "https://www.openstreetmap.org"
ZOOM = 17


class MapLink(NamedTuple):
    title: str
    url: str


def map_links(row):
    """Return the links of where a row is: a `MapLink` for each map, or none where nothing is known but the city.

    Reads `place` or `name`, `address`, `latitude`, `longitude` and `city`. Coordinates are WGS 84, as phones tell
    them; Amap, whose own are shifted, is told so.
    """
    words = getattr(row, "place", "") or getattr(row, "name", "")
    city = row.city.name if row.city_id else ""
    if row.latitude is not None and row.longitude is not None:
        return _by_coordinates(words or city, f"{float(row.latitude):.5f}", f"{float(row.longitude):.5f}")
    if words or row.address:
        return _by_words(row.address or words, city)
    return []


def _by_coordinates(name, latitude, longitude):
    marker = {"position": f"{longitude},{latitude}", "name": name, "coordinate": "wgs84", "callnative": 0}
    place = f"{urlencode({'mlat': latitude, 'mlon': longitude})}#map={ZOOM}/{latitude}/{longitude}"
    return [
        MapLink(_("Amap (mainland China)"), f"{AMAP}/marker?{urlencode(marker)}"),
        MapLink("OpenStreetMap", f"{OPENSTREETMAP}/?{place}"),
    ]


def _by_words(words, city):
    both = " ".join(filter(None, [words, city]))
    return [
        MapLink(_("Amap (mainland China)"), f"{AMAP}/search?{urlencode({'keyword': words, 'city': city})}"),
        MapLink("OpenStreetMap", f"{OPENSTREETMAP}/search?{urlencode({'query': both})}"),
    ]
