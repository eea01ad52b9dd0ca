"""How ready the next occasions are, and what is still missing after the last ones."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import wings
from portal.models import Album, Article, Occasion, OccasionLink

LOOKED_BACK = timedelta(days=45)
SHOWN = 8


class Need(NamedTuple):
    """Something an occasion needs, and whether it has it."""

    label: str
    is_met: bool


class Readiness(NamedTuple):
    """An occasion with its needs, the missing ones first."""

    occasion: Occasion
    needs: list

    @property
    def met(self):
        return sum(need.is_met for need in self.needs)

    @property
    def desk(self):
        """The occasion's registration desk; None where it has none, or one without a limit."""
        desk = getattr(self.occasion, "desk", None)
        return desk if desk is not None and desk.capacity else None

    @property
    def missing(self):
        return [need.label for need in self.needs if not need.is_met]


def of_occasions_of(user, now=None):
    """Return the `Readiness` of what is next, and of what was last and lacks something.

    Of the occasions that the user may change; two lists, in five queries however many there are.
    """
    now = now or timezone.now()
    standing = Occasion.objects.editable_by(user).exclude(standing=Occasion.Standing.CANCELLED)
    standing = standing.select_related("desk").annotate(
        has_album=Exists(Album.objects.filter(occasion=OuterRef("pk"))),
        has_recap=Exists(Article.objects.filter(occasions=OuterRef("pk"), kind=Article.Kind.RECAP)),
        has_link=Exists(OccasionLink.objects.filter(occasion=OuterRef("pk"))),
    )
    ahead = list(standing.filter(over_at__gt=now).order_by("starts_at", "pk")[:SHOWN])
    behind = list(standing.filter(over_at__lte=now, over_at__gt=now - LOOKED_BACK).order_by("-over_at", "-pk")[:SHOWN])
    of_wings = {}
    for wing in wings.every():
        of_wings |= wing.needs_of([one for one in [*ahead, *behind] if one.wing == wing.name])
    ready_ahead = [Readiness(one, [*_before(one), *of_wings.get(one.pk, [])]) for one in ahead]
    ready_behind = [Readiness(one, _after(one)) for one in behind]
    return ready_ahead, [one for one in ready_behind if one.missing]


def _before(occasion):
    is_there = occasion.mode == Occasion.Mode.ONLINE or bool(occasion.place)
    return [
        Need(_("place"), is_there),
        Need(_("date to the day"), occasion.precision in occasion.TO_THE_DAY),
        Need(_("summary"), bool(occasion.summary)),
        Need(_("English"), bool(occasion.title_en and occasion.summary_en)),
        Need(_("Chinese"), bool(occasion.title_zh_hans and occasion.summary_zh_hans)),
        Need(_("cover"), bool(occasion.cover)),
        Need(_("link"), occasion.has_link),
        Need(_("publication"), occasion.published_at is not None),
    ]


def _after(occasion):
    return [Need(_("photos"), occasion.has_album), Need(_("recap"), occasion.has_recap)]
