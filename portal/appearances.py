"""What a person or an organization did, as their page tells it: gathered from the ground and from every wing."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.db.models import Model

from portal.as_of_then import OF_THEN
from portal.referring import may_refer

# What a page says of an occasion where somebody did something, and of whoever else had a part in it.
OCCASION = ("wing", "slug", "title", "starts_at", "ends_at", "precision", "time_zone", "standing", "city__name")
OTHERS = {
    "person": ("person__slug", "person__name"),
    "organization": ("organization__name", "organization__published_at"),
}


@dataclass(frozen=True)
class Appearance:
    """One thing that someone did, as it was that day.

    `role` says what in the active language ("Speaker", "Gold sponsor"). `at` is
    where: an occasion, a chapter, a series; with `get_absolute_url` and the
    translated field `at_field`. `subject` is the thing itself where it has a name
    of its own: a session, a forum, an award. `as_of` is the `AsOfThen` row that
    knows name, title and organization of that day, `known_as` the name that an
    organization went by where it has another today. `day` orders and groups; None
    where it is not known.
    """

    role: str
    at: Model
    day: date | None
    at_field: str = "title"
    subject: Model | None = None
    subject_field: str = "title"
    as_of: Model | None = None
    known_as: str = ""

    @cached_property
    def place_in_time(self):
        """What it stands by among the others: the day, and where."""
        return (self.day or date.min, self.at.get_absolute_url())

    @cached_property
    def subject_url(self):
        """The subject's own page, empty where it has none."""
        get_url = getattr(self.subject, "get_absolute_url", None)
        return get_url() if get_url else ""


@dataclass(frozen=True)
class Deed:
    """One role in one thing; several appearances where several people had it for one organization."""

    role: str
    appearances: list[Appearance]


@dataclass(frozen=True)
class Visit:
    """All that someone did at one occasion (or for one chapter or series)."""

    at: Model
    at_field: str
    deeds: list[Deed]


@dataclass(frozen=True)
class Year:
    """A year of visits, the latest first; `year` is None for those without a date."""

    year: int | None
    visits: list[Visit]


def as_of_then(model, *columns, **whose):
    """Return the public rows of a model of `AsOfThen`s that are of `person` or of `organization`, as a list.

    Each knows both of them and the `columns`, its own or those along its way: "session__title". Whose page it is need
    not be read again with every row.
    """
    if not may_refer(model, **whose):
        return []
    other = [column for of in OTHERS.keys() - whose.keys() for column in OTHERS[of]]
    columns = (*OF_THEN, *columns, *other)
    along = {column.rpartition("__")[0] for column in columns if "__" in column}
    rows = list(model.objects.published().filter(**whose).select_related(*along).only(*columns))
    for row in rows:
        for field, one in whose.items():
            setattr(row, field, one)
    return rows


def by_year(appearances):
    """Return a list of `Year`, the latest first, what has no date last. Within an occasion the given order stays."""
    ordered = sorted(appearances, key=attrgetter("place_in_time"), reverse=True)
    years = groupby(ordered, key=lambda one: one.day.year if one.day else None)
    return [Year(year, _visits(those)) for year, those in years]


def _visits(appearances):
    visits = (list(those) for _place, those in groupby(appearances, key=attrgetter("place_in_time")))
    return [Visit(those[0].at, those[0].at_field, _deeds(those)) for those in visits]


def _deeds(appearances):
    deeds = {}
    for one in appearances:
        deeds.setdefault((one.role, one.subject), []).append(one)
    return [Deed(role, those) for (role, _subject), those in deeds.items()]
