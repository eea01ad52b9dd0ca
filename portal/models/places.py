"""Cities: where chapters live and occasions take place."""

from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField
from portal.checks import StrictCheck
from portal.publishing import Curated, SharedQuerySet
from portal.rights import ADMINISTRATOR, EDITOR

KNOWN_TIME_ZONES = frozenset(available_timezones())


def default_time_zone():
    """Return the clock of a city or an occasion of which nobody said another: the community's own."""
    return settings.TIME_ZONE


def validate_time_zone(value):
    """Raise ValidationError for a name that the IANA time zone database does not know."""
    if value not in KNOWN_TIME_ZONES:
        raise ValidationError(
            _("“%(value)s” is no time zone. Use a name such as Asia/Shanghai."), params={"value": value}
        )


def on_the_globe_or_nowhere(name):
    """Return the constraint that a row has both coordinates, and such as there are, or neither."""
    return StrictCheck(
        condition=models.Q(latitude__isnull=True, longitude__isnull=True)
        | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
        name=name,
        violation_error_message=_("Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."),
    )


class City(Curated):
    """A city, with its place on the map and its clock."""

    CURATORS = (ADMINISTRATOR, EDITOR)

    slug = AsciiSlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    latitude = models.DecimalField(
        _("latitude"), max_digits=7, decimal_places=4, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=7, decimal_places=4, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, default=default_time_zone, validators=[validate_time_zone]
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="city_is_on_the_globe",
                violation_error_message=_("Latitude lies between -90 and 90, longitude between -180 and 180."),
            ),
        ]

    def __str__(self):
        return self.name
