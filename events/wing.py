"""What conferences hand to the ground."""

from pathlib import Path

from django.urls import reverse

from events.models import Conference, Organizing, Production
from portal.rights import CONFERENCE_ORGANIZER, PRODUCER
from portal.wings import Wing


class EventsWing(Wing):
    name = "events"
    demo = Path(__file__).parent / "demo"
    permissions = {
        CONFERENCE_ORGANIZER: {
            "series": "view change",
            "conference venue room forum production session speaking sessionmaterial booth publiccredit": (
                "view add change delete"
            ),
        },
        PRODUCER: {"forum": "view change", "session speaking sessionmaterial": "view add change delete"},
    }

    def mandate_groups(self, user):
        groups = set()
        if Organizing.objects.of_user(user).exists():
            groups.add(CONFERENCE_ORGANIZER)
        if Production.objects.of_user(user).exists():
            groups.add(PRODUCER)
        return groups

    def occasion_url(self, occasion):
        return reverse("conference", args=[occasion.slug])

    def occasions_within_mandates_of(self, user):
        return Conference.objects.within_mandates_of(user).values("pk")
