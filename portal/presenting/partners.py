"""Partners by role and level, as `_partner_wall.html` shows them."""

from dataclasses import dataclass
from itertools import groupby

from portal.languages import fallback_lang
from portal.models import PartnerLevel

# The width that each way of showing a logo gets: a class of components/partners.css.
SIZES = {
    PartnerLevel.Display.ROW: "big",
    PartnerLevel.Display.LARGE: "large",
    PartnerLevel.Display.MEDIUM: "medium",
    PartnerLevel.Display.SMALL: "small",
    PartnerLevel.Display.TEXT: "text",
}


@dataclass(frozen=True)
class Partner:
    """An organization under the name it had at the occasion."""

    name: str
    name_lang: str
    note: str
    note_lang: str
    get_absolute_url: str
    logo_url: str


@dataclass(frozen=True)
class PartnerGroup:
    """The partners of one level, in the organizers' order; `size` is "big", "large", "medium", "small" or "text"."""

    label: str
    label_lang: str
    size: str
    partners: list[Partner]


def partner_groups(partnerships):
    """Return a list of `PartnerGroup` of partnerships in their own order, which keeps a level together.

    Needs `level`, `occasion`, `organization` and `organization.names`.
    """
    return [
        PartnerGroup(
            label=level.name,
            label_lang=fallback_lang(level, "name"),
            size=SIZES[level.display],
            partners=[_partner(partnership) for partnership in group],
        )
        for level, group in groupby(partnerships, key=lambda partnership: partnership.level)
    ]


def _partner(partnership):
    organization = partnership.organization
    return Partner(
        name=partnership.name,
        name_lang=_name_lang(partnership),
        note=partnership.note,
        note_lang=fallback_lang(partnership, "note"),
        get_absolute_url=organization.get_absolute_url(),
        logo_url=organization.logo_url,
    )


def _name_lang(partnership):
    if partnership.shown_as:
        return fallback_lang(partnership, "shown_as")
    organization, day = partnership.organization, partnership.occasion.starts_on
    return fallback_lang(next((former for former in organization.names.all() if former.covers(day)), organization), "name")
