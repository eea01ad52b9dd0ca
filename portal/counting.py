"""Who came and who did not, counted at the door and written down as figures with their source."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES
from portal.locking import lock, locked
from portal.models import Figure, Registration, Source
from portal.refused import Refused

Measure = Figure.Measure


def attendance(desk):
    """Return (came, missing): how many people were checked in, and how many had a seat and were not, companions too."""
    seated = desk.registrations.filter(state=Registration.State.SEATED)
    here, missing = Q(checked_in_at__isnull=False), Q(checked_in_at=None)
    return tuple(sum(one.seats for one in seated.filter(whose).only("companions")) for whose in (here, missing))


def write_down(desk, user):
    """Write both numbers as figures of the occasion; doing it again corrects them. Return them.

    Raises Refused before anyone can have come, where nobody was checked in, and where the occasion has such a figure
    from elsewhere: what a report says is not overwritten.
    """
    with locked(desk) as desk:
        if timezone.now() < desk.occasion.starts_at:
            raise Refused(_("It has not begun. Record who came once somebody has."))
        came, missing = attendance(desk)
        if not came:
            raise Refused(_("Nobody was checked in at the door, so nothing was counted."))
        _refuse_figures_from_elsewhere(desk)
        desk.source = _source(desk, user)
        desk.save(update_fields=["source"])
        for measure, value in ((Measure.PEOPLE_ON_SITE, came), (Measure.NO_SHOWS, missing)):
            Figure.objects.update_or_create(
                occasion=desk.occasion, measure=measure, defaults={"value": value, "source": desk.source}
            )
        return came, missing


def _refuse_figures_from_elsewhere(desk):
    counted = Figure.objects.filter(occasion=desk.occasion, measure__in=[Measure.PEOPLE_ON_SITE, Measure.NO_SHOWS])
    foreign = counted.exclude(source=desk.source_id).select_related("source").first()
    if foreign:
        names = {"figure": foreign.get_measure_display(), "source": foreign.source}
        raise Refused(_("“%(figure)s” is known from “%(source)s”. Remove that figure first to count anew.") % names)


def _source(desk, user):
    """Return the desk's source, dated today: the check-in list, named in both languages."""
    source = (desk.source and lock(desk.source)) or Source(entered_by=user)
    for code in CODES:
        with override(code):
            title = _("Check-in at the door: %(title)s") % {"title": desk.occasion.title}
        setattr(source, build_localized_fieldname("title", code), title[:240])
    source.dated = timezone.localdate()
    source.save()
    return source
