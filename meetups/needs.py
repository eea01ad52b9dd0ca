"""What a meetup needs besides what any occasion does."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meetups.models import AgendaItem, Meetup
from portal.readiness import Need


def needs_of(occasions):
    """Return a dict of primary key -> list of `portal.readiness.Need`, in one query."""
    meetups = Meetup.objects.filter(pk__in=[one.pk for one in occasions]).annotate(
        has_agenda=Exists(AgendaItem.objects.filter(meetup=OuterRef("pk")))
    )
    return {one.pk: [Need(_("agenda"), one.has_agenda)] for one in meetups}
