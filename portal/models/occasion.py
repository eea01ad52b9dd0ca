"""Anything on the calendar: the common row of a conference or a meetup."""

from datetime import MAXYEAR, UTC, datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Min, Q, TextField
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import wings
from portal.addresses import AsciiSlugField, Sluggable
from portal.pagecache.known import once_a_generation
from portal.publishing import Publishable, PublishedQuerySet

from .links import TypedLink
from .places import City, default_time_zone, on_the_globe_or_nowhere, validate_time_zone
from .text import Rendered

# How far clocks are behind and ahead of UTC at the most.
WEST, EAST = timedelta(hours=12), timedelta(hours=14)
# The ends of the calendar, beyond which no moment can be named.
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class OccasionQuerySet(PublishedQuerySet):
    """Occasions by their place in time, which is derived and never stored."""

    def past(self, now=None):
        """Over; the latest first."""
        return self.filter(over_at__lte=now or timezone.now()).order_by("-starts_at", "-id")

    def not_over(self, now=None):
        return self.filter(over_at__gt=now or timezone.now()).order_by("starts_at", "id")

    def of_year(self, year):
        """Those that begin in a year, each by its own clock."""
        return self.filter(begins_in(year))

    def years(self):
        """Return the years in which they begin, each by its own clock, the latest first: a list of numbers.

        Databases group by the year as it is written, in UTC. What begins in one by the same clock begins in the year of
        its first or of its last, since clocks differ by less than a day.
        """
        written = Substr(Cast("starts_at", TextField()), 1, 4)
        groups = self.order_by().annotate(written=written).values("written", "time_zone")
        groups = groups.annotate(first=Min("starts_at"), last=Max("starts_at"))
        ends = groups.values_list("time_zone", "first", "last")
        years = {end.astimezone(ZoneInfo(zone)).year for zone, *both in ends for end in both}
        return sorted(years, reverse=True)

    def within_mandates_of(self, user):
        within = Q(pk__in=[])
        for wing in wings.every():
            within |= Q(pk__in=wing.occasions_within_mandates_of(user))
        return self.filter(within)


def begins_in(year, way=""):
    """Return the Q of occasions that begin in a year, each by its own clock; `way` leads to them: "occasion__"."""
    first = _moved(datetime(year, 1, 1, tzinfo=UTC), -EAST)
    after = _moved(datetime(year, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), WEST)
    within = Q((f"{way}starts_at__gte", first), (f"{way}starts_at__lte", after))
    return within & ~Q((f"{way}pk__in", _of_years_beside(year)))


@once_a_generation
def _of_years_beside(year):
    """Return the keys of those that begin near either end of a year, but not in it by their own clock: a list."""
    return [pk for pk, its_year in _near_new_year(Occasion.objects, [year, year + 1]) if its_year != year]


def _near_new_year(occasions, years):
    """Yield (key, year by its own clock) of each that begins where clocks may differ about which year it is."""
    news = [datetime(year, 1, 1, tzinfo=UTC) for year in years if year <= MAXYEAR]
    near = reduce(or_, (Q(starts_at__gte=_moved(new, -EAST), starts_at__lt=_moved(new, WEST)) for new in news))
    for pk, starts_at, zone in occasions.filter(near).order_by().values_list("pk", "starts_at", "time_zone"):
        yield pk, starts_at.astimezone(ZoneInfo(zone)).year


def _moved(moment, by):
    """Return the moment so much later, or the end of the calendar where that comes first."""
    try:
        return moment + by
    except OverflowError:
        return LATEST if by > timedelta() else EARLIEST


class Occasion(Publishable, Sluggable, Rendered):
    """A conference or a meetup: when, where, in which mode, and whether it stands.

    `starts_at` and `ends_at` are exact moments for the precision "minute". For
    "day", "month" and "year" they are the local midnights that begin the first
    and follow the last known day, month or year; `ends_at` may be unknown only
    at the precision "minute". `over_at` is derived from them on every save.
    """

    class Precision(models.TextChoices):
        MINUTE = "minute", _("to the minute")
        DAY = "day", _("the day")
        MONTH = "month", _("only the month")
        YEAR = "year", _("only the year")

    TO_THE_DAY = (Precision.MINUTE, Precision.DAY)

    class Mode(models.TextChoices):
        ON_SITE = "on-site", _("on site")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("on site and online")

    class Standing(models.TextChoices):
        SCHEDULED = "scheduled", _("takes place")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    class Admission(models.TextChoices):
        UNKNOWN = "", _("not said")
        FREE = "free", _("free")
        PAID = "paid", _("paid")

    # The wing that this occasion belongs to; set by the subclass.
    WING = None
    # What `over_at` follows from. A save of other columns leaves it alone: these may have changed since they were read.
    TIMES = frozenset({"starts_at", "ends_at", "time_zone"})
    MARKDOWN = {"body": "body_html"}

    wing = models.CharField(max_length=20, editable=False)
    slug = AsciiSlugField()
    title = models.CharField(_("title"), max_length=200)
    theme = models.CharField(_("theme"), max_length=200, blank=True, help_text=_("The motto, if there is one."))
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    over_at = models.DateTimeField(editable=False)
    precision = models.CharField(_("date known to"), max_length=6, choices=Precision, default=Precision.MINUTE)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default=default_time_zone, validators=[validate_time_zone]
    )

    mode = models.CharField(_("mode"), max_length=7, choices=Mode, default=Mode.ON_SITE)
    city = models.ForeignKey(
        City, verbose_name=_("city"), null=True, blank=True, on_delete=models.PROTECT, related_name="occasions"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("street address"), max_length=300, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    directions = models.TextField(_("directions"), blank=True)

    standing = models.CharField(_("event status"), max_length=9, choices=Standing, default=Standing.SCHEDULED)
    standing_note = models.CharField(
        _("note on the event status"),
        max_length=300,
        blank=True,
        help_text=_("Why it is cancelled or postponed, and what now."),
    )
    admission = models.CharField(_("admission"), max_length=4, choices=Admission, blank=True, default=Admission.UNKNOWN)
    price_note = models.CharField(_("price"), max_length=200, blank=True)

    cover = models.ImageField(_("cover"), upload_to="covers/", blank=True)
    cover_alt = models.CharField(_("what the cover shows"), max_length=200, blank=True)
    cover_credit = models.CharField(_("credit of the cover"), max_length=200, blank=True)

    is_sample = models.BooleanField(
        _("sample"),
        default=False,
        help_text=_("Marked as an example on its page. Administrators can remove all samples in one go."),
    )

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["-starts_at", "-id"]),
            models.Index(fields=["wing", "-starts_at"]),
            models.Index(fields=["starts_at", "over_at"]),
            models.Index(fields=["over_at"]),
            # What is public, by its date: lists, their years and their counts read this and not the wide rows.
            models.Index(fields=["published_at", "starts_at", "time_zone"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["wing", "slug"],
                name="occasion_slug_is_unique_per_kind",
                violation_error_message=_("This address is taken."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="occasion_ends_after_it_starts",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=False) | Q(precision="minute"),
                name="occasion_without_end_knows_its_minute",
                violation_error_message=_("Say when it ends, or give the minute at which it begins."),
            ),
            on_the_globe_or_nowhere("occasion_is_on_the_globe"),
        ]

    def __str__(self):
        return self.title or self.slug

    def clean(self):
        super().clean()
        if self.mode == self.Mode.ONLINE and self.place:
            raise ValidationError({"place": _("An occasion that is online only has no place.")})

    def save(self, *args, **kwargs):
        self.wing = self.WING or self.wing
        written = kwargs.get("update_fields")
        if written is None or not self.TIMES.isdisjoint(written):
            self.over_at = self.ends_at or self._end_of_first_day()
            kwargs["update_fields"] = written and {*written, "over_at"}
        super().save(*args, **kwargs)

    def _end_of_first_day(self):
        next_day = self.starts_at.astimezone(self.tzinfo).date() + timedelta(days=1)
        return datetime.combine(next_day, time.min, self.tzinfo)

    def get_absolute_url(self):
        return wings.get(self.wing).occasion_url(self)

    @property
    def tzinfo(self):
        return ZoneInfo(self.time_zone)

    @property
    def starts_on(self):
        """The first day, by the event's own clock."""
        return self.starts_at.astimezone(self.tzinfo).date()

    @property
    def year(self):
        return self.starts_on.year

    @property
    def phase(self):
        """One of "upcoming", "on_now", "past", by the clock."""
        now = timezone.now()
        if now < self.starts_at:
            return "upcoming"
        return "on_now" if now < self.over_at else "past"

    @property
    def mode_text(self):
        """What `get_mode_display()` returns, which puts all choices into the language of the page for each row."""
        return self.Mode(self.mode).label

    @property
    def is_cancelled(self):
        return self.standing == self.Standing.CANCELLED

    @property
    def is_postponed(self):
        return self.standing == self.Standing.POSTPONED


class OccasionLink(TypedLink):
    """Where else an occasion lives: its site, its registration, its recordings."""

    PARENT = "occasion"

    class Kind(models.TextChoices):
        WEBSITE = "website", _("Website")
        REGISTRATION = "registration", _("Registration")
        LIVE = "live", _("Live stream")
        RECORDING = "recording", _("Recordings")
        SLIDES = "slides", _("Slides")
        COVERAGE = "coverage", _("Coverage")
        SONG = "song", _("Song")
        SOURCE = "source", _("Source")
        OTHER = "other", _("Link")

    occasion = models.ForeignKey(Occasion, verbose_name=_("occasion"), on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WEBSITE)

    class Meta(TypedLink.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
