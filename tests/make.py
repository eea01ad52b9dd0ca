"""Plain makers of rows for tests: `a_meetup(capacity=1)`. Everything has a sensible default."""

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.models import (
    Application,
    Booth,
    BoothApplication,
    BoothCall,
    Conference,
    Coordination,
    Forum,
    Presence,
    Production,
    Proposal,
    ProposalCall,
    ProposalSpeaker,
    PublicCredit,
    RankedRole,
    Role,
    Room,
    Series,
    Session,
    Shift,
    Speaking,
    Team,
    Venue,
    VolunteerCall,
)
from meetups.models import Chapter, Leadership, Meetup
from portal.models import (
    Album,
    Article,
    Award,
    AwardRecipient,
    City,
    Delivery,
    Desk,
    Figure,
    Highlight,
    OccasionLink,
    Organization,
    Page,
    Part,
    PartnerLevel,
    Partnership,
    Person,
    Photo,
    Registration,
    Source,
    Webhook,
)
from portal.photos import put_up
from tests.portal.pictures import a_file

SHANGHAI = ZoneInfo("Asia/Shanghai")
_numbers = count(1)


def a_slug(word):
    return f"{word}-{next(_numbers)}"


def _published(fields):
    """Rows are public unless the test says otherwise."""
    fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    return fields


def a_city(name="Chengdu", **fields):
    fields = {"latitude": "30.5728", "longitude": "104.0668", **fields}
    return City.objects.create(slug=fields.pop("slug", a_slug("city")), name_en=name, **fields)


def an_organization(name="Open Body", **fields):
    return Organization.objects.create(slug=fields.pop("slug", a_slug("org")), name_en=name, **_published(fields))


def a_person(name="Ming", **fields):
    return Person.objects.create(slug=fields.pop("slug", a_slug("person")), name_en=name, **_published(fields))


def a_series(name="OpenConf", **fields):
    return Series.objects.create(slug=fields.pop("slug", a_slug("series-of")), name_en=name, **fields)


def a_conference(title="OpenConf'26", **fields):
    fields = {
        "starts_at": datetime(2026, 10, 24, tzinfo=SHANGHAI),
        "ends_at": datetime(2026, 10, 26, tzinfo=SHANGHAI),
        "precision": "day",
        **fields,
    }
    if "series" not in fields:
        fields["series"] = a_series()
    return Conference.objects.create(slug=fields.pop("slug", a_slug("conf")), title_en=title, **_published(fields))


def a_venue(conference=None, name="Main hall", **fields):
    conference = conference or a_conference()
    return Venue.objects.create(conference=conference, slug=fields.pop("slug", a_slug("venue")), name_en=name, **fields)


def a_room(venue=None, name="Room 1", **fields):
    venue = venue or a_venue()
    return Room.objects.create(venue=venue, slug=fields.pop("slug", a_slug("room")), name_en=name, **fields)


def a_forum(conference=None, title="Open Hardware", **fields):
    fields = {"conference": conference or a_conference(), "slug": a_slug("forum"), **fields}
    return Forum.objects.create(title_en=title, **fields)


def a_session(conference=None, title="Why forks happen", **fields):
    conference = conference or (fields["forum"].conference if fields.get("forum") else a_conference())
    return Session.objects.create(conference=conference, title_en=title, **fields)


def speaks(person, session, **fields):
    return Speaking.objects.create(person=person, session=session, **fields)


def produces(person, forum, **fields):
    return Production.objects.create(person=person, forum=forum, **fields)


def a_chapter(name="KCC Chengdu", **fields):
    if "city" not in fields:
        fields["city"] = a_city()
    return Chapter.objects.create(slug=fields.pop("slug", a_slug("chapter")), name_en=name, **_published(fields))


def leads(person, chapter, **fields):
    return Leadership.objects.create(person=person, chapter=chapter, **fields)


def a_meetup(title="Open lunch", chapters=None, **fields):
    fields = {"starts_at": datetime(2026, 10, 21, 12, 0, tzinfo=SHANGHAI), **fields}
    meetup = Meetup.objects.create(slug=fields.pop("slug", a_slug("meetup")), title_en=title, **_published(fields))
    meetup.chapters.set(chapters if chapters is not None else [a_chapter()])
    return meetup


def a_level(name="Gold", role="sponsor", **fields):
    return PartnerLevel.objects.create(slug=fields.pop("slug", a_slug("level")), name_en=name, role=role, **fields)


def partners(organization, occasion, level=None, **fields):
    return Partnership.objects.create(organization=organization, occasion=occasion, level=level or a_level(), **fields)


def a_source(title="The organizers' report", **fields):
    return Source.objects.create(title_en=title, **fields)


def a_figure(occasion, value=144, measure="speakers", **fields):
    return Figure.objects.create(
        occasion=occasion, value=value, measure=measure, source=fields.pop("source", None) or a_source(), **fields
    )


def a_highlight(occasion, title="A launch on stage", **fields):
    return Highlight.objects.create(occasion=occasion, title_en=title, **fields)


def an_award(occasion, *recipients, name="Open Source Star"):
    award = Award.objects.create(occasion=occasion, name_en=name)
    for person in recipients:
        AwardRecipient.objects.create(award=award, person=person)
    return award


def a_part(occasion, person, role="welcome", **fields):
    return Part.objects.create(occasion=occasion, person=person, role=role, **fields)


def a_link(occasion, kind="website", url="https://example.org/", **fields):
    return OccasionLink.objects.create(occasion=occasion, kind=kind, url=url, **fields)


def a_booth(conference, title="Stickers", **fields):
    return Booth.objects.create(conference=conference, title_en=title, **fields)


def a_credit(conference, name="Hong", **fields):
    return PublicCredit.objects.create(conference=conference, name_en=name, **fields)


def an_article(title="How it went", **fields):
    fields.setdefault("dated", timezone.localdate())
    return Article.objects.create(slug=fields.pop("slug", a_slug("article")), title_en=title, **_published(fields))


def a_page(title="About us", **fields):
    return Page.objects.create(slug=fields.pop("slug", a_slug("page")), title_en=title, **_published(fields))


def an_album(title="Day one", **fields):
    return Album.objects.create(slug=fields.pop("slug", a_slug("album")), title_en=title, **_published(fields))


def a_photo(album=None, **fields):
    return Photo.objects.create(album=album or an_album(), **fields)


def a_photo_at_hand(album=None, **fields):
    """A photo with its files in the store: a drawing, as another file each time."""
    return put_up(album or an_album(), a_file(comment=str(next(_numbers)).encode()), **fields)


def a_desk(capacity=None, occasion=None, **fields):
    """The registration desk of a meetup that lies ahead."""
    occasion = occasion or a_meetup(starts_at=timezone.now() + timedelta(days=30))
    return Desk.objects.create(occasion=occasion, capacity=capacity, **fields)


def a_registration(desk, name="Ming", **fields):
    """An unconfirmed registration, as the form leaves it."""
    fields = {"email": f"{name.lower()}@example.org", "language": "en", "state": "unconfirmed", **fields}
    return Registration.objects.create(desk=desk, name=name, **fields)


def a_call(conference=None, **fields):
    """A call for volunteers that is open, of a conference that lies ahead."""
    begins = timezone.now() + timedelta(days=30)
    conference = conference or a_conference(starts_at=begins, ends_at=begins + timedelta(days=2))
    now = timezone.now()
    hours = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20)}
    fields = {**hours, "title_en": "Help us", **fields}
    return VolunteerCall.objects.create(conference=conference, slug=fields.pop("slug", a_slug("call")), **fields)


def a_team(call=None, name="Front of house", **fields):
    return Team.objects.create(call=call or a_call(), name_en=name, **fields)


def a_role(team=None, name="Check-in", maximum=3, **fields):
    slug = fields.pop("slug", a_slug("role"))
    return Role.objects.create(team=team or a_team(), slug=slug, name_en=name, maximum=maximum, **fields)


def a_shift(role=None, capacity=2, hours=(9, 12), **fields):
    """A shift on the first day of the conference, from and until these hours of the day."""
    role = role or a_role(claims_shifts=True)
    day = role.team.call.conference.starts_at.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0)
    begins, ends = (day.replace(hour=0) + timedelta(days=1, hours=hour) for hour in hours)
    return Shift.objects.create(role=role, capacity=capacity, **{"starts_at": begins, "ends_at": ends, **fields})


def an_application(*roles, name="Ming", state="submitted", **fields):
    """An application that ranks the roles; its address is confirmed and it waits for an answer."""
    fields = {"email": f"{name.lower()}@example.org", "language": "en", "city": "Chengdu", **fields}
    call = fields.pop("call", None) or roles[0].team.call
    application = Application.objects.create(call=call, name=name, state=state, **fields)
    for rank, role in enumerate(roles, 1):
        RankedRole.objects.create(application=application, role=role, rank=rank)
    return application


def coordinates(person, team, **fields):
    return Coordination.objects.create(person=person, team=team, **fields)


def a_proposal_call(conference=None, forums=(), **fields):
    """A call for proposals that is open, of a conference that lies ahead."""
    begins, now = timezone.now() + timedelta(days=30), timezone.now()
    conference = conference or a_conference(starts_at=begins, ends_at=begins + timedelta(days=2))
    hours = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20)}
    call = ProposalCall.objects.create(conference=conference, **{**hours, "title_en": "Propose!", **fields})
    call.forums.set(forums)
    return call


def a_proposal(call=None, forum=None, title="Why forks happen", name="Ming", state="submitted", **fields):
    """A proposal whose address is confirmed, with its proposer as the only speaker."""
    call = call or a_proposal_call(forum.conference if forum else None, [forum] if forum else [])
    texts = {"title_en": title, "abstract_en": "Three reasons, and what to do."}
    fields = {"email": f"{name.lower()}@example.org", "language": "en", "spoken": "en", **texts, **fields}
    proposal = Proposal.objects.create(call=call, forum=forum, name=name, state=state, **fields)
    ProposalSpeaker.objects.create(proposal=proposal, name=name, bio=f"{name} mends forks.", email=proposal.email)
    return proposal


def a_booth_call(conference=None, **fields):
    begins, now = timezone.now() + timedelta(days=30), timezone.now()
    conference = conference or a_conference(starts_at=begins, ends_at=begins + timedelta(days=2))
    hours = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20)}
    return BoothCall.objects.create(conference=conference, **{**hours, "title_en": "Bring a table", **fields})


def a_booth_application(call=None, title="Stickers", name="Hong", state="submitted", **fields):
    texts = {"title_en": title, "summary_en": "Stickers of everything."}
    fields = {"email": f"{name.lower()}@example.org", "language": "en", **texts, **fields}
    return BoothApplication.objects.create(call=call or a_booth_call(), name=name, state=state, **fields)


def a_webhook(url="https://hooks.example.org/", **fields):
    """A webhook that listens to everything."""
    wanted = {"on_release": True, "on_publication": True, "on_change": True}
    return Webhook.objects.create(**{"name": "A site of ours", "url": url, **wanted, **fields})


def a_delivery(webhook=None, **fields):
    fields = {"topic": "published", "key": a_slug("told"), "body": '{"type": "published"}', **fields}
    return Delivery.objects.create(webhook=webhook or a_webhook(), **fields)


def a_presence(person=None, conference=None, **fields):
    """The first morning of a conference, on which a speaker is there."""
    fields.setdefault("starts_at", datetime(2026, 10, 24, 9, tzinfo=SHANGHAI))
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=3))
    return Presence.objects.create(person=person or a_person(), conference=conference or a_conference(), **fields)
