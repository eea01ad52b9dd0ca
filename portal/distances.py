"""How far apart two places on the globe are."""

from math import asin, cos, radians, sin, sqrt

RADIUS = 6371  # of the globe, in kilometres


def kilometres(here, there):
    """Return the great-circle distance of two rows with `latitude` and `longitude` in degrees (haversine)."""
    south, west, north, east = (
        radians(float(value)) for value in (here.latitude, here.longitude, there.latitude, there.longitude)
    )
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(half))
