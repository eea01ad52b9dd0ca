"""What conferences hand to the ground."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from events import (
    api,
    appearances,
    findable,
    needs,
    sitemaps,
    star_chores,
    submission_chores,
    submission_review,
    volunteer_board,
    volunteer_chores,
)
from events.labels import NOTHING_SAID, labels, series_with_editions
from events.models import (
    BoothCall,
    Conference,
    Coordination,
    Organizing,
    Production,
    ProposalCall,
    ReleasedPlace,
    Series,
    Session,
    VolunteerCall,
)
from events.now import changes_of
from portal.first_steps import Step
from portal.front_page import Section
from portal.pagecache.moments import next_of
from portal.rights import CONFERENCE_ORGANIZER, PRODUCER, VOLUNTEER_COORDINATOR
from portal.wings import Wing


class EventsWing(Wing):
    name = "events"
    occasions = "conferences"
    demo = Path(__file__).parent / "demo"
    permissions = {
        CONFERENCE_ORGANIZER: {
            "series": "view change",
            "conference venue room forum production session speaking sessionmaterial booth publiccredit presence": (
                "view add change delete"
            ),
            "volunteercall team coordination role shift": "view add change delete",
            "proposalcall boothcall": "view add change delete",
            "proposal boothapplication": "view change",
            "application": "view change see_private_answers",
            "assignment": "view change",
            "certificate": "view",
        },
        PRODUCER: {
            "forum": "view change",
            "session speaking sessionmaterial": "view add change delete",
            "proposal": "view change",
        },
        # Who coordinates a team, and what they see, its organizers say.
        VOLUNTEER_COORDINATOR: {
            "team": "view change",
            "coordination": "view",
            "role shift": "view add change delete",
            "application assignment": "view change",
        },
    }

    def needs_of(self, occasions):
        return needs.needs_of(occasions)

    def findable(self):
        return findable.SOURCES

    def mandate_groups(self, user):
        groups = set()
        if Organizing.objects.scopes_of(user):
            groups.add(CONFERENCE_ORGANIZER)
        if Production.objects.scopes_of(user):
            groups.add(PRODUCER)
        if Coordination.objects.scopes_of(user):
            groups.add(VOLUNTEER_COORDINATOR)
        return groups

    def occasion_url(self, occasion):
        return reverse("conference", args=[occasion.slug])

    def labels_of(self, occasions):
        known = labels()
        return {one.pk: known.get(one.pk, NOTHING_SAID) for one in occasions}

    def colours(self):
        return {pk: label.colour for pk, label in labels().items()}

    def home_sections(self):
        series = series_with_editions()
        return [Section("events/_home_series.html", series)] if series else []

    def accents(self):
        return list(Series.objects.published().values_list("slug", "accent"))

    def appearances_of_person(self, person):
        return appearances.of_person(person)

    def appearances_of_organization(self, organization):
        return appearances.of_organization(organization)

    def api(self):
        return api.RESOURCES

    def sitemap(self):
        return sitemaps.sections()

    def first_steps(self):
        return [
            Step(_("Name the series that your conferences belong to"), Series),
            Step(_("Prepare a conference, and publish it"), Conference),
        ]

    def moments(self, now):
        for model in (Session, ReleasedPlace):
            yield from changes_of(model, now)
        for model in (VolunteerCall, ProposalCall, BoothCall):
            yield from next_of(model, "opens_at", now)
            yield from next_of(model, "closes_at", now)

    def tend(self, now, dry_run):
        yield from volunteer_chores.tend(now, dry_run)
        yield from star_chores.tend(now, dry_run)
        yield from submission_chores.tend(now, dry_run)

    def waiting(self, user):
        return [*submission_review.waiting(user), *volunteer_board.waiting(user)]

    def occasions_within_mandates_of(self, user):
        return Conference.objects.within_mandates_of(user).values("pk")
