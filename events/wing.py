"""What conferences hand to the ground."""

from pathlib import Path

from django.urls import reverse

from events import appearances, findable, sitemaps
from events.labels import label
from events.models import Conference, Organizing, Production, Series, Session
from portal.front_page import Section
from portal.pagecache.moments import next_of
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
        if Organizing.objects.scopes_of(user):
            groups.add(CONFERENCE_ORGANIZER)
        if Production.objects.scopes_of(user):
            groups.add(PRODUCER)
        return groups

    def occasion_url(self, occasion):
        return reverse("conference", args=[occasion.slug])

    def labels_of(self, occasions):
        conferences = Conference.objects.filter(pk__in=[one.pk for one in occasions]).select_related("series")
        return {conference.pk: label(conference) for conference in conferences}

    def home_sections(self):
        series = list(Series.objects.published().with_editions())
        return [Section("events/_home_series.html", series)] if series else []

    def accents(self):
        return list(Series.objects.published().values_list("slug", "accent"))

    def appearances_of_person(self, person):
        return appearances.of_person(person)

    def appearances_of_organization(self, organization):
        return appearances.of_organization(organization)

    def sitemap(self):
        return sitemaps.sections()

    def moments(self, now):
        yield from next_of(Session, "starts_at", now)
        yield from next_of(Session, "ends_at", now)

    def occasions_within_mandates_of(self, user):
        return Conference.objects.within_mandates_of(user).values("pk")
