"""What a conference needs besides what any occasion does."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from events.models import Conference, Forum, Session, Venue
from portal.readiness import Need


def needs_of(occasions):
    """Return a dict of primary key -> list of `portal.readiness.Need`, in one query."""
    conferences = Conference.objects.filter(pk__in=[one.pk for one in occasions]).annotate(
        **{
            f"has_{model._meta.model_name}": Exists(model.objects.filter(conference=OuterRef("pk")))
            for model in (Venue, Forum, Session)
        }
    )
    return {
        one.pk: [
            Need(_("venues"), one.has_venue),
            Need(_("forums"), one.has_forum),
            Need(_("programme"), one.has_session),
        ]
        for one in conferences
    }
