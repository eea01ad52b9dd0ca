"""Every door of every model in the admin, as every role and as the same role over something else.

The models come from the admin's own registry: a new one without a row here fails the first test.
"""

import logging
from functools import cache

import pytest
from django.apps import apps
from django.contrib import admin, auth
from django.contrib.auth.models import User
from django.urls import reverse

from events.models import Booth, Certificate, Organizing, PublicCredit, Release, ReleasedPlace
from meetups.models import AgendaItem
from portal.models import (
    Award,
    Community,
    Highlight,
    Occasion,
    Part,
    PrivacyNotice,
)
from portal.models.signups import Signup
from portal.publishing import Curated
from portal.scope import texts_of
from tests import make
from tests.organizers import (
    a_coordinator,
    a_lead,
    a_producer,
    a_translator,
    an_administrator,
    an_editor,
    an_organizer,
    data_of,
    signed_in,
    someone_with,
)

# What surrounds every page is read once: no door depends on it.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_store")]


@pytest.fixture(autouse=True)
def quiet(caplog):
    """A closed door is no news here, and telling of each costs more than trying it."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(autouse=True)
def the_same_account_in_all_its_requests(monkeypatch):
    """No mandate changes here, so that each account's are read once."""
    found, get_user = {}, auth.get_user

    def known(request):
        key = request.session.session_key
        if key not in found:
            found[key] = get_user(request)
        return found[key]

    monkeypatch.setattr(auth, "get_user", known)


# What a role may do with a row: everything, everything but delete it, write its texts, look at it, nothing.
WHOLE, MEND, TEXT, LOOK, GONE, NOTHING = "whole", "mend", "text", "look", "look and delete", "nothing"
# Whole, of a row that keeps no versions.
UNRECORDED = "unrecorded"
# Nothing of the row itself, but its board: of those whom one coordinates, of the sessions that one may move.
BOARD = "board"

OF_A_CONFERENCE = {
    f"{kind} of the conference"
    for kind in ("figure", "highlight", "award", "part", "partnership", "album", "photo", "article")
}
OF_A_MEETUP = {name.replace("conference", "meetup") for name in OF_A_CONFERENCE}
STORIES = {name for name in OF_A_CONFERENCE | OF_A_MEETUP if name.split()[0] in ("album", "photo", "article")}

EXPECTED = {
    "editor": dict.fromkeys({*STORIES, "person", "organization", "page", "city", "source"}, WHOLE),
    "organizer": {
        **dict.fromkeys({*OF_A_CONFERENCE, "conference", "venue", "forum", "session", "booth", "publiccredit"}, WHOLE),
        **dict.fromkeys({"volunteercall", "team", "role", "proposalcall", "boothcall", "presence"}, WHOLE),
        **dict.fromkeys({"proposal", "boothapplication"}, LOOK),
        "series": MEND,
        "application": LOOK,
        "certificate": LOOK,
    },
    "coordinator": {"volunteercall": BOARD, "team": MEND, "role": WHOLE, "application": LOOK},
    "producer": {"conference": BOARD, "forum": TEXT, "session": WHOLE, "proposal": LOOK},
    "lead": {**dict.fromkeys({*OF_A_MEETUP, "meetup", "agendaitem"}, WHOLE), "chapter": MEND, "registration": LOOK},
    # Whoever has one of these mandates may do no more than who has them all.
    "organizer, producer, lead and coordinator of others": {"conference": BOARD},
}
# A release is made by its verb and never changed.
FROZEN = {Release, ReleasedPlace}


# Fields that are no texts, the first that a form has is tried; and another value for them.
ANOTHER = {
    "position": "77",
    "edition": "9",
    "accent": "#123456",
    "version": "2",
    "slug": "another-one",
    "url": "https://example.org/another",
    "retention_days": "61",
    "ends_at": "2099-01-01T18:00",
}


class World:
    """One row of every kind, and the accounts that have to do with them."""

    def __init__(self):
        self.conference = make.a_conference()
        self.venue = make.a_venue(self.conference)
        self.forum = make.a_forum(self.conference, venue=self.venue)
        self.session = make.a_session(forum=self.forum)
        self.role = make.a_role(make.a_team(make.a_call(self.conference)))
        self.proposal = make.a_proposal(forum=self.forum)
        self.stand = make.a_booth_application(make.a_booth_call(self.conference))
        self.chapter = make.a_chapter()
        self.meetup = make.a_meetup(chapters=[self.chapter])
        self.delivery = make.a_delivery()
        self.rows = {
            "series": self.conference.series,
            "conference": self.conference,
            "venue": self.venue,
            "forum": self.forum,
            "session": self.session,
            "booth": Booth.objects.create(conference=self.conference, title_en="Stand"),
            "publiccredit": PublicCredit.objects.create(conference=self.conference, name_en="Hong"),
            "proposalcall": self.proposal.call,
            "proposal": self.proposal,
            "boothcall": self.stand.call,
            "boothapplication": self.stand,
            "chapter": self.chapter,
            "meetup": self.meetup,
            "presence": make.a_presence(conference=self.conference),
            "agendaitem": AgendaItem.objects.create(meetup=self.meetup, title_en="Talk"),
            "person": make.a_person(),
            "organization": make.an_organization(),
            "page": make.a_page(),
            "city": make.a_city(),
            "source": make.a_source(),
            "partnerlevel": make.a_level(),
            "volunteercall": self.role.team.call,
            "team": self.role.team,
            "role": self.role,
            "application": make.an_application(self.role),
            "registration": make.a_registration(make.a_desk(occasion=self.meetup)),
            "certificate": Certificate.objects.create(conference=self.conference, name="Ming", minutes=60),
            "webhook": self.delivery.webhook,
            "delivery": self.delivery,
            "community": Community.objects.create(name_en="Us", word_for_chapter_en="c", word_for_chapters_en="cs"),
            "privacynotice": PrivacyNotice.objects.create(version="1", title_en="Notice", body_en="Text."),
            **self.record_of(self.conference, "conference"),
            **self.record_of(self.meetup, "meetup"),
        }

    @staticmethod
    def record_of(occasion, word):
        album, article = make.an_album(occasion=occasion), make.an_article()
        article.occasions.set([occasion])
        rows = {
            "figure": make.a_figure(occasion),
            "highlight": Highlight.objects.create(occasion=occasion, title_en="Launch"),
            "award": Award.objects.create(occasion=occasion, name_en="Star"),
            "part": Part.objects.create(occasion=occasion, role="guest", name_then_en="Ming"),
            "partnership": make.partners(make.an_organization(), occasion),
            "album": album,
            "photo": make.a_photo(album),
            "article": article,
        }
        return {f"{kind} of the {word}": row for kind, row in rows.items()}

    def account(self, role):
        return {
            "administrator": an_administrator,
            "editor": an_editor,
            "translator": a_translator,
            "organizer": lambda: an_organizer(self.conference.series),
            "producer": lambda: a_producer(self.forum),
            "lead": lambda: a_lead(self.chapter),
            "coordinator": lambda: a_coordinator(self.role.team),
            "organizer, producer, lead and coordinator of others": lambda: someone_with(self.mandates_over_others),
        }[role]()

    def mandates_over_others(self, person):
        Organizing.objects.create(person=person, series=make.a_series())
        make.produces(person, make.a_forum(self.conference))
        make.leads(person, make.a_chapter())
        make.coordinates(person, make.a_team(make.a_call(self.conference)))


def expected(role, name, row):
    if role == "administrator":
        answered = dict.fromkeys(("registration", "proposal", "boothapplication", "delivery"), LOOK)
        answered |= {"community": MEND, "application": GONE, "certificate": GONE, "webhook": UNRECORDED}
        return answered.get(name, WHOLE)
    if role == "translator":
        answered = dict.fromkeys(("application", "registration", "proposal", "boothapplication"), NOTHING)
        answered |= dict.fromkeys(("webhook", "delivery"), NOTHING)
        return {"certificate": LOOK, "presence": LOOK, **answered}.get(name, TEXT)
    return EXPECTED[role].get(name, NOTHING)


def address(row, page, *args):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


def kept(row):
    """Return the stored values of a row."""
    stored = type(row).objects.get(pk=row.pk)
    return {field.attname: getattr(stored, field.attname) for field in row._meta.concrete_fields}


def test_every_model_of_the_registry_has_a_row_here():
    registered = {model for model in admin.site._registry if issubclass(model, Curated)} - {Occasion}

    assert {type(row) for row in World().rows.values()} == registered


def test_every_curated_model_is_edited_on_a_page_or_within_one():
    on_pages = set(admin.site._registry)
    within = {inline.model for one in admin.site._registry.values() for inline in one.inlines}
    curated = {model for model in apps.get_models() if issubclass(model, Curated) and not issubclass(model, Signup)}

    assert curated - on_pages - within == FROZEN


def test_doors():
    world = World()
    chief = signed_in(User.objects.create_superuser("chief"))
    sent = {name: what_to_send(chief, row) for name, row in world.rows.items()}
    wrong = []
    for role in ("administrator", "translator", *EXPECTED):
        client = signed_in(world.account(role))
        listed = {kind: rows_listed(client, kind) for kind in {type(row) for row in world.rows.values()}}
        for name, row in world.rows.items():
            open_doors = OPEN[expected(role, name, row)]
            found = {"list": row in listed[type(row)], **doors(client, row, sent[name])}
            for door, opens in found.items():
                if opens != (door in open_doors):
                    wrong.append(f"{role}, {name}: {door} is {'open' if opens else 'closed'}")
    assert wrong == []


OPEN = {
    WHOLE: {"list", "form", "history", "restore", "text", "structure", "delete"},
    MEND: {"list", "form", "history", "restore", "text", "structure"},
    UNRECORDED: {"list", "form", "history", "text", "structure", "delete"},
    TEXT: {"list", "form", "history", "text"},
    LOOK: {"list", "form", "history"},
    GONE: {"list", "form", "history", "delete"},
    BOARD: set(),
    NOTHING: set(),
}


def doors(client, row, sent):
    """Return, for each door to a row but its list, whether it opens for the client."""
    history = client.get(address(row, "history", row.pk))
    found = {
        "form": client.get(address(row, "change", row.pk)).status_code == 200,
        "history": history.status_code == 200,
        "restore": bool(history.context and history.context.get("can_restore")),
        "delete": client.get(address(row, "delete", row.pk)).status_code == 200,
    }
    return found | writes(client, row, sent)


def rows_listed(client, kind):
    """Return what a client finds in the list of a kind; the community's leads to its only row."""
    response = client.get(address(kind, "changelist"))
    if kind is Community and response.status_code == 302:
        return list(Community.objects.all())
    return list(response.context["cl"].result_list) if response.status_code == 200 else []


def what_to_send(chief, row):
    """Return the whole form as who may do everything sees it, with a text and something else changed, and which."""
    response = chief.get(address(row, "change", row.pk))
    fields = response.context["adminform"].form.fields
    if not fields:  # shown and never written: whatever is sent changes nothing
        text = "name" if hasattr(row, "name") else "answer"
        return {text: "Written", "state": "accepted"}, text, "state" if hasattr(row, "state") else "minutes"
    other = next(name for name in ANOTHER if name in fields)
    named = "name" if "name" in fields else other  # a row without any text
    text = next((f"{text}_en" for text in sorted(texts_of(type(row))) if f"{text}_en" in fields), named)
    data = data_of(response) | {text: "Written"} | {other: ANOTHER[other]}
    data = {key: value for key, value in data.items() if not key.endswith("seen")}  # others have saved meanwhile
    return data, text, other


def writes(client, row, sent):
    data, text, other = sent
    before = kept(row)
    client.post(address(row, "change", row.pk), data)
    after = kept(row)
    type(row).objects.filter(pk=row.pk).update(**{text: before[text], other: before[other]})
    return {"text": after[text] != before[text], "structure": after[other] != before[other]}


# Further pages of a model, by the end of the name of their address: at which of the answers above they open for a row.
PAGES = {
    "_merge": (WHOLE,),
    "invite": (WHOLE,),
    "next": (WHOLE,),
    "release": (WHOLE,),
    "conference_import": (WHOLE,),
    "leftovers": (WHOLE,),
    "importing": (WHOLE,),
    "timetable": (WHOLE, BOARD),
    "after": (WHOLE,),
    "album_photos": (WHOLE,),
    "known": (WHOLE,),
    "door": (LOOK,),
    "door-state": (LOOK,),
    "volunteers-board": (WHOLE, BOARD),
    "volunteers-roster": (WHOLE, BOARD),
    "volunteers-roster-ics": (WHOLE, BOARD),
    "volunteers-export-csv": (WHOLE, BOARD),
    "volunteers-export-xlsx": (WHOLE, BOARD),
    "volunteers-message": (WHOLE, BOARD),
    "volunteers-merge": (WHOLE, BOARD),
}
# Pages of no row in particular: they open to whoever has to do with the kind, and hold what is theirs.
OF_NO_ROW = ("import", "template", "export_xlsx", "takedowns", "review", "new", "new_of", "protection")
EXPORT = "export_csv"
# Addresses that are sent to: to whom the row is nothing, they do not exist. The rest is tried where their verb is.
SENT_TO = (
    *("score", "move", "leave-out", "answer", "new-link", "act", "swap", "cancel-shift", "volunteers-mark"),
    *("upload", "door-mark", "door-walk-in", "original", "look"),
)


@cache
def further_pages():
    """Return a list of (model, name of an address, its parameters) of what an admin has beside the stock pages."""
    stock = ("changelist", "add", "history", "delete", "change", "autocomplete", "password_change")
    return [
        (model, one.name, list(one.pattern.converters))
        for model, model_admin in admin.site._registry.items()
        for one in model_admin.get_urls()
        if one.name and not one.name.endswith(stock)
    ]


def test_every_further_page_is_known_here():
    known = (*PAGES, *OF_NO_ROW, *SENT_TO, EXPORT)

    assert [name for _model, name, _parameters in further_pages() if not name.endswith(known)] == []


def test_further_pages():
    world = World()
    other = {
        type(row): make_another() for make_another in (make.a_person, make.an_organization) for row in [make_another()]
    }
    wrong = []
    for role in ("administrator", "translator", *EXPECTED):
        client = signed_in(world.account(role))
        for name, row in world.rows.items():
            level = expected(role, name, row)
            for page, opens, should in tried(client, row, level, other):
                if opens != should:
                    wrong.append(f"{role}, {name}: {page} is {'open' if opens else 'closed'}")
    assert wrong == []


def tried(client, row, level, other):
    """Yield (page, whether it opens, whether it should) of each further page of a row, the translator's among them."""
    for model, name, parameters in further_pages():
        if model is not type(row):
            continue
        keys = {one: row.desk_id if one == "desk" else row.pk for one in parameters}
        query = {"row": [row.pk, other[model].pk]} if name.endswith("_merge") else {}
        url = reverse(f"admin:{name}", kwargs=keys, query=query)
        levels = next((found for end, found in PAGES.items() if name.endswith(end) and end != "import"), None)
        if levels is not None:
            yield name, client.get(url).status_code == 200, level in levels
        elif name.endswith(EXPORT) and hasattr(row, "slug"):
            answer = client.get(url)
            yield name, answer.status_code == 200 and row.slug in answer.content.decode(), level in (WHOLE, MEND, TEXT)
        elif name.endswith(SENT_TO) and level == NOTHING:
            yield name, client.post(url).status_code not in (403, 404), False
    if texts_of(type(row)):
        url = reverse("admin:translation", args=[row._meta.label_lower, row.pk])
        yield "translation", client.get(url).status_code == 200, level in (WHOLE, MEND, TEXT)
