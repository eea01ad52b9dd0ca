"""What people and organizations did at conferences, for their own pages."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Booth, Organizing, Production, PublicCredit, Series, Speaking
from portal.appearances import Appearance


def of_person(person):
    """Return the list of `Appearance` of a person, in a fixed number of queries."""
    credits = PublicCredit.objects.published().filter(person=person).select_related("conference__city")
    return [
        *_speakings(person=person),
        *_productions(person=person),
        *_organizings(person=person),
        *(_at_conference(_("Volunteer"), credit) for credit in credits),
    ]


def of_organization(organization):
    """The same for an organization: what it hosts and showed, and whoever stood for it."""
    hosted = Series.objects.published().filter(organization=organization)
    booths = Booth.objects.published().filter(organization=organization).select_related("conference__city")
    return [
        *(Appearance(role=pgettext("series", "Host"), at=one, at_field="name", day=None) for one in hosted),
        *(_at_conference(_("Booth"), booth) for booth in booths),
        *_speakings(organization=organization),
        *_productions(organization=organization),
    ]


def _speakings(**whose):
    speakings = Speaking.objects.published().filter(**whose)
    return [
        Appearance(
            role=one.get_role_display(),
            at=one.session.conference,
            day=one.session.conference.starts_on,
            subject=one.session,
            as_of=one,
        )
        for one in speakings.select_related("session__conference__city", "person", "organization")
    ]


def _productions(**whose):
    productions = Production.objects.published().filter(**whose)
    return [
        Appearance(
            role=_("Producer"),
            at=one.forum.conference,
            day=one.forum.conference.starts_on,
            subject=one.forum,
            as_of=one,
        )
        for one in productions.select_related("forum__conference__city", "person", "organization")
    ]


def _organizings(**whose):
    organizings = Organizing.objects.published().filter(**whose).select_related("series", "person", "organization")
    return [
        Appearance(role=pgettext("part", "Organizer"), at=one.series, at_field="name", day=one.since, as_of=one)
        for one in organizings
    ]


def _at_conference(role, row):
    return Appearance(role=role, at=row.conference, day=row.conference.starts_on)
