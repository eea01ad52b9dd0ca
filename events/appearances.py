"""What people and organizations did at conferences, for their own pages."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.labels import series_with_editions
from events.models import Booth, Conference, Organizing, Production, PublicCredit, Speaking
from portal.appearances import OCCASION, Appearance, as_of_then
from portal.pagecache.known import once_a_generation
from portal.referring import may_refer


def of_person(person):
    """Return the list of `Appearance` of a person, in a fixed number of queries."""
    conferences = _conferences()
    return [
        *_speakings(conferences, person=person),
        *_productions(conferences, person=person),
        *_organizings(person=person),
        *_at_conferences(_("Volunteer"), PublicCredit, conferences, person=person),
    ]


def of_organization(organization):
    """The same for an organization: what it hosts and showed, and whoever stood for it."""
    conferences = _conferences()
    return [
        *_hosted(organization),
        *_at_conferences(_("Booth"), Booth, conferences, organization=organization),
        *_speakings(conferences, organization=organization),
        *_productions(conferences, organization=organization),
    ]


def _hosted(organization):
    series = [one for one in series_with_editions() if one.organization_id == organization.pk]
    return [Appearance(role=pgettext("series", "Host"), at=one, at_field="name", day=None) for one in series]


@once_a_generation
def _conferences():
    """Return a dict of primary key -> public conference, with what such a page says of it: there are a few a year."""
    return Conference.objects.published().select_related("city").only(*OCCASION).in_bulk()


def _speakings(conferences, **whose):
    speakings = as_of_then(Speaking, "role", "session__code", "session__title", "session__conference", **whose)
    return [
        _at(conference, one.get_role_display(), subject=one.session, as_of=one)
        for one, conference in _placed(speakings, conferences, lambda one: one.session)
    ]


def _productions(conferences, **whose):
    productions = as_of_then(Production, "forum__slug", "forum__title", "forum__conference", **whose)
    return [
        _at(conference, _("Producer"), subject=one.forum, as_of=one)
        for one, conference in _placed(productions, conferences, lambda one: one.forum)
    ]


def _organizings(**whose):
    organizings = as_of_then(Organizing, "since", "series__slug", "series__name", **whose)
    return [
        Appearance(role=pgettext("part", "Organizer"), at=one.series, at_field="name", day=one.since, as_of=one)
        for one in organizings
    ]


def _at_conferences(role, model, conferences, **whose):
    rows = model.objects.published().filter(**whose) if may_refer(model, **whose) else []
    return [_at(conference, role) for _row, conference in _placed(rows, conferences, lambda row: row)]


def _placed(rows, conferences, part_of):
    """Yield each row with its conference, which `part_of(row)`, a row of the conference, gets to know as well."""
    for row in rows:
        part = part_of(row)
        # One that was published after the conferences were read is told of by the page of the next generation.
        if conference := conferences.get(part.conference_id):
            part.conference = conference
            yield row, conference


def _at(conference, role, **told):
    return Appearance(role=role, at=conference, day=conference.starts_on, **told)
