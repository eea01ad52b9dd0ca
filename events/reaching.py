"""How every page of a conference finds it, and which of its pages have something to show."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.labels import dressed
from events.models import (
    Booth,
    BoothCall,
    Conference,
    Forum,
    ProposalCall,
    PublicCredit,
    Release,
    Session,
    Speaking,
    VolunteerCall,
)
from portal.addresses import get_published
from portal.models import Album, Figure, Part, Partnership
from portal.pagecache.known import once_a_generation

SOME_CODE = "CODE00"
VOLUNTEER_MEASURES = (
    Figure.Measure.VOLUNTEERS,
    Figure.Measure.VOLUNTEER_CITIES,
    Figure.Measure.VOLUNTEER_UNIVERSITIES,
)


@dataclass(frozen=True)
class Tab:
    """A page of a conference, by the name of its address."""

    name: str
    title: str
    url: str


@once_a_generation
def find_conference(slug):
    """Return the published conference in its colour, with its `tabs`. One query, once for all of its pages.

    All requests share the row, so that nothing may be set on it. Raises Http404 or Moved.
    """
    [row] = dressed([get_published(knowing_tabs(Conference.objects.select_related("series", "city")), slug)])
    row.tabs = tabs(row)
    return row


def address_of_sessions(conference):
    """Return a function from the code of a session to the address of its page, looked up once for hundreds of them."""
    before, _code, after = reverse("session", args=[conference.slug, SOME_CODE]).rpartition(SOME_CODE)
    return lambda code: f"{before}{code}{after}"


def knowing_tabs(conferences):
    """Return the queryset of conferences with what `tabs()` reads of each."""
    here, now = OuterRef("pk"), timezone.now()
    releases = Release.objects.filter(conference=here).order_by("-number")
    return conferences.annotate(
        release_pk=Subquery(releases.values("pk")[:1]),
        has_schedule=Exists(releases) | Exists(Session.objects.filter(conference=here, starts_at__isnull=False)),
        has_forums=Exists(Forum.objects.filter(conference=here)),
        has_speakers=Exists(Speaking.objects.published().filter(session__conference=here))
        | Exists(Part.objects.published().filter(occasion=here, role=Part.Role.SPEAKER)),
        has_partners=Exists(Partnership.objects.published().filter(occasion=here)),
        has_photos=Exists(Album.objects.published().filter(occasion=here)),
        has_booths=Exists(Booth.objects.published().filter(conference=here)),
        takes_booths=Exists(BoothCall.objects.filter(conference=here, opens_at__lte=now, closes_at__gt=now)),
        has_open_call=Exists(VolunteerCall.objects.filter(conference=here, opens_at__lte=now, closes_at__gt=now)),
        takes_proposals=Exists(ProposalCall.objects.filter(conference=here, opens_at__lte=now, closes_at__gt=now)),
        has_volunteers=Exists(PublicCredit.objects.published().filter(conference=here))
        | Exists(Figure.objects.filter(occasion=here, measure__in=VOLUNTEER_MEASURES)),
    )


def tabs(conference):
    """Return the list of `Tab` of the pages that have something to show, the conference's own first."""
    pages = [
        ("conference", _("Overview"), True),
        ("schedule", _("Schedule"), conference.has_schedule),
        ("forums", _("Forums"), conference.has_forums),
        ("speakers", _("Speakers"), conference.has_speakers),
        ("partners", _("Partners"), conference.has_partners),
        ("conference-photos", _("Photos"), conference.has_photos),
        ("booths", _("Booths"), conference.has_booths or conference.takes_booths),
        ("volunteers", _("Volunteers"), conference.has_volunteers),
        ("proposals", _("Propose a session"), conference.takes_proposals),
        ("volunteer-calls", _("Become a volunteer"), conference.has_open_call),
    ]
    return [Tab(name, title, reverse(name, args=[conference.slug])) for name, title, has in pages if has]
