"""The tables of the ground: people, organizations, partnerships, figures, awards."""

from django.utils.translation import gettext_lazy as _

from portal.models import Award, AwardRecipient, Figure, Organization, Partnership, Person
from portal.tables.columns import Address, Choice, Link, Told, Whole, YesNo, texts
from portal.tables.references import Parent, People, Reference
from portal.tables.table import Number, Table

STATES = {"draft": _("draft"), "scheduled": _("scheduled"), "published": _("published")}


def state():
    return Told("state", _("State"), lambda row: str(STATES[row.publication]))


def position(model):
    return Whole("position", model, help_text=_("Order of the list; the smallest comes first."), example="1")


_person = Address(Person)
PEOPLE = Table(
    Person,
    [
        _person,
        *texts(Person, "name", "title"),
        Reference("organization", Person, example="PingCAP"),
        *texts(Person, "bio"),
        state(),
    ],
    key=_person,
    natural=[("name",)],
    follow=["organization"],
    prefetch=["names"],
)

_organization = Address(Organization)
ORGANIZATIONS = Table(
    Organization,
    [
        _organization,
        *texts(Organization, "name"),
        Choice("kind", Organization),
        Link("website", Organization),
        Reference("made_by", Organization, example="PingCAP"),
        *texts(Organization, "summary"),
        state(),
    ],
    key=_organization,
    natural=[("name",)],
    follow=["made_by"],
    prefetch=["names"],
)

_partnership = Number()
PARTNERSHIPS = Table(
    Partnership,
    [
        _partnership,
        Parent("occasion", Partnership, example="coscon-2023"),
        Reference("organization", Partnership, example="PingCAP"),
        Reference("level", Partnership, help_text=_("A partner level's name or address.")),
        *texts(Partnership, "shown_as", "note"),
        position(Partnership),
    ],
    key=_partnership,
    natural=[("occasion", "organization", "level")],
    follow=["occasion", "organization", "level"],
)

_figure = Number()
FIGURES = Table(
    Figure,
    [
        _figure,
        Parent("occasion", Figure, example="coscon-2023"),
        Choice("measure", Figure),
        *texts(Figure, "label"),
        Choice("precision", Figure),
        Whole("value", Figure, example="1108"),
        *texts(Figure, "unit"),
        Reference("source", Figure, help_text=_("A source's title; it must be here already.")),
        YesNo("is_featured", Figure),
        position(Figure),
    ],
    key=_figure,
    natural=[("measure", "label"), ("measure",)],
    follow=["occasion", "source"],
)

_award = Number()
AWARDS = Table(
    Award,
    [
        _award,
        Parent("occasion", Award, example="coscon-2023"),
        *texts(Award, "name", "summary"),
        People("recipients", _("Recipients"), AwardRecipient, takes_organizations=True),
        Reference("source", Award, help_text=_("A source's title; it must be here already.")),
        position(Award),
    ],
    key=_award,
    natural=[("name",)],
    follow=["occasion", "source"],
    prefetch=["recipients__person", "recipients__organization"],
)
