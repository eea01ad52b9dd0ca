"""What conferences hand to the ground."""

from pathlib import Path

from django.urls import reverse

from events import appearances, findable, sitemaps
from events.labels import label
from events.models import Conference, Organizing, Production, Series
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

    def findable(self):
        return findable.SOURCES

    def mandate_groups(self, user):
        groups = set()
        if Organizing.objects.of_user(user).exists():
            groups.add(CONFERENCE_ORGANIZER)
        if Production.objects.of_user(user).exists():
            groups.add(PRODUCER)
        return groups

    def occasion_url(self, occasion):
        return reverse("conference", args=[occasion.slug])

    def labels_of(self, occasions):
        conferences = Conference.objects.filter(pk__in=[one.pk for one in occasions]).select_related("series")
        return {conference.pk: label(conference) for conference in conferences}

    def accents(self):
        return list(Series.objects.published().values_list("slug", "accent"))

    def appearances_of_person(self, person):
        return appearances.of_person(person)

    def appearances_of_organization(self, organization):
        return appearances.of_organization(organization)

    def sitemap(self):
        return sitemaps.sections()

    def occasions_within_mandates_of(self, user):
        return Conference.objects.within_mandates_of(user).values("pk")
