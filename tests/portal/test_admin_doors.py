"""Every door of every model in the admin, as every role and as the same role over something else.

The models come from the admin's own registry: a new one without a row here fails the first test.
"""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from events.models import Booth, PublicCredit
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
    a_lead,
    a_producer,
    a_translator,
    an_administrator,
    an_editor,
    an_organizer,
    data_of,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(caplog):
    """A closed door is no news here, and telling of each costs more than trying it."""
    caplog.set_level(logging.CRITICAL, "django.request")

# What a role may do with a row: everything, everything but delete it, write its texts, nothing.
WHOLE, MEND, TEXT, NOTHING = "whole", "mend", "text", "nothing"

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
        "series": MEND,
    },
    "producer": {"forum": TEXT, "session": WHOLE},
    "lead": {**dict.fromkeys({*OF_A_MEETUP, "meetup", "agendaitem"}, WHOLE), "chapter": MEND},
    "organizer of another series": {},
    "producer of another forum": {},
    "lead of another chapter": {},
}


# Fields that are no texts, the first that a form has is tried; and another value for them.
ANOTHER = {
    "position": "77",
    "edition": "9",
    "accent": "#123456",
    "version": "2",
    "slug": "another-one",
    "url": "https://example.org/another",
}


class World:
    """One row of every kind, and the accounts that have to do with them."""

    def __init__(self):
        self.conference = make.a_conference()
        self.venue = make.a_venue(self.conference)
        self.forum = make.a_forum(self.conference, venue=self.venue)
        self.session = make.a_session(forum=self.forum)
        self.chapter = make.a_chapter()
        self.meetup = make.a_meetup(chapters=[self.chapter])
        self.rows = {
            "series": self.conference.series,
            "conference": self.conference,
            "venue": self.venue,
            "forum": self.forum,
            "session": self.session,
            "booth": Booth.objects.create(conference=self.conference, title_en="Stand"),
            "publiccredit": PublicCredit.objects.create(conference=self.conference, name_en="Hong"),
            "chapter": self.chapter,
            "meetup": self.meetup,
            "agendaitem": AgendaItem.objects.create(meetup=self.meetup, title_en="Talk"),
            "person": make.a_person(),
            "organization": make.an_organization(),
            "page": make.a_page(),
            "city": make.a_city(),
            "source": make.a_source(),
            "partnerlevel": make.a_level(),
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
            "organizer of another series": lambda: an_organizer(make.a_series()),
            "producer of another forum": lambda: a_producer(make.a_forum(self.conference)),
            "lead of another chapter": lambda: a_lead(make.a_chapter()),
        }[role]()


def expected(role, name, row):
    if role == "administrator":
        return MEND if isinstance(row, Community) else WHOLE
    if role == "translator":
        return TEXT
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

    assert curated - on_pages - within == set()


@pytest.mark.parametrize("role", ["administrator", "translator", *EXPECTED])
def test_doors(role):
    world = World()
    account = world.account(role)
    client, chief = signed_in(account), signed_in(User.objects.create_superuser("chief"))
    wrong = []
    for name, row in world.rows.items():
        access = expected(role, name, row)
        for door, opens in doors(client, chief, row).items():
            if opens != (door in OPEN[access]):
                wrong.append(f"{name}: {door} is {'open' if opens else 'closed'}, and should be the other")
    assert wrong == []


OPEN = {
    WHOLE: {"list", "form", "history", "text", "structure", "delete"},
    MEND: {"list", "form", "history", "text", "structure"},
    TEXT: {"list", "form", "history", "text"},
    NOTHING: set(),
}


def doors(client, chief, row):
    """Return, for each door to a row, whether it opens for the client. `chief` is who may do everything."""
    found = {
        "list": lists(client, row),
        "form": client.get(address(row, "change", row.pk)).status_code == 200,
        "history": client.get(address(row, "history", row.pk)).status_code == 200,
        "delete": client.get(address(row, "delete", row.pk)).status_code == 200,
    }
    return found | writes(client, chief, row)


def lists(client, row):
    response = client.get(address(row, "changelist"))
    if isinstance(row, Community):
        return response.status_code == 302
    return response.status_code == 200 and row in response.context["cl"].result_list


def writes(client, chief, row):
    """Send the whole form, as an administrator would see it, with a text and something else changed."""
    before = kept(row)
    response = chief.get(address(row, "change", row.pk))
    data, fields = data_of(response), response.context["adminform"].form.fields
    text = next(f"{text}_en" for text in sorted(texts_of(type(row))) if f"{text}_en" in fields)
    data[text] = "Written"
    structure = next(name for name in ANOTHER if name in fields)
    value = ANOTHER[structure]
    data[structure] = value
    client.post(address(row, "change", row.pk), data)
    after = kept(row)
    type(row).objects.filter(pk=row.pk).update(**{structure: before[structure], text: before[text]})
    return {"text": after[text] == "Written", "structure": str(after[structure]) == str(value)}
