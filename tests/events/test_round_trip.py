"""Import(export(x)) is x: any programme, in every field that the format has, in the language of the file."""

import os
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from events.exports import frab, schedule_json, table
from events.exports.exported import Exported
from events.importing import import_programme
from events.imports.reading import read
from events.models import Forum, Room, Session
from events.reaching import find_conference
from portal.models import Person
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_session, a_venue, an_organization, speaks

pytestmark = pytest.mark.django_db

# Each programme costs an import: a few here, the same every time, and others, as many as ROUND_TRIPS says, by chance.
# Nothing is shrunk, since that takes longer than reading what was found.
quickly = settings(
    derandomize="ROUND_TRIPS" not in os.environ,
    max_examples=int(os.environ.get("ROUND_TRIPS", "8")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)

BEGIN = datetime(2023, 10, 28, 9, tzinfo=SHANGHAI)
FORMATS = {"xml": frab, "json": schedule_json, "csv": table}
# Whatever people write, and what formats like to break on; no control characters, which no form takes.
SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"), max_codepoint=0x2FFFF)
# fmt: off
NASTY = st.sampled_from([
    "=1+1", "'=x", "a  b", '李明、王; "x"', "<b>&amp;", "开源\u3000之夏", "]]>", "@x", "-", "1:3", "王，芳",
    "Ada Lin, Bo Wu", "李明/王芳",
])
# fmt: on
LINE = (st.text(SIGNS, min_size=1, max_size=20) | NASTY).map(str.strip).filter(bool)
PIECES = st.sampled_from(["<p>a</p>", "    code\n\n- x", "\n- y", "**bold** `<b>`"])
TEXT = st.lists(LINE | st.just(""), max_size=4).map("\n".join) | PIECES


def in_both(strategy):
    """Chinese and English, of which at least one is there, and which are not the same."""
    either = st.tuples(strategy, strategy) | st.tuples(strategy, st.just("")) | st.tuples(st.just(""), strategy)
    return either.filter(lambda both: any(both) and both[0] != both[1])


SESSION = st.fixed_dictionaries(
    {
        "title": in_both(LINE),
        "abstract": st.tuples(TEXT, TEXT).filter(lambda both: both[0].strip() != both[1].strip()),
        "kind": st.sampled_from(Session.Kind.values),
        "language": st.sampled_from(["", "zh", "zh,en", "zh-hant", "de-AT, en"]),
        "starts": st.integers(0, 40),
        "lasts": st.none() | st.integers(1, 40 * 24 * 60),
        "room": st.none() | st.integers(0, 1),
        "forum": st.none() | st.integers(0, 1),
        "speakers": st.lists(st.integers(0, 3), unique=True, max_size=3),
        "links": st.lists(st.tuples(st.sampled_from(["recording", "code"]), in_both(LINE)), max_size=2),
    }
)
# Names that two rooms or forums may share in either language.
PLACE = in_both(LINE | st.sampled_from(["甲", "Hall", "hall", "]]>"]))
# Names of two rooms, two forums and three speakers, and sessions that point at them by number.
PROGRAMME = st.fixed_dictionaries(
    {
        "rooms": st.lists(PLACE, min_size=2, max_size=2),
        "forums": st.lists(PLACE, min_size=2, max_size=2),
        "people": st.lists(in_both(LINE), min_size=3, max_size=3),
        "sessions": st.lists(SESSION, min_size=1, max_size=3),
    }
)


def both(field, texts):
    return {f"{field}_zh_hans": texts[0], f"{field}_en": texts[1]}


def make(programme):
    conference = a_conference(slug="openconf", title="OpenConf", precision="minute")
    venue = a_venue(conference)
    rooms = [
        Room.objects.create(venue=venue, slug=f"r{number}", position=number, **both("name", texts))
        for number, texts in enumerate(programme["rooms"])
    ]
    forums = [a_forum(conference, texts[1], title_zh_hans=texts[0]) for texts in programme["forums"]]
    people = [a_person(texts[1], name_zh_hans=texts[0]) for texts in programme["people"]]
    project = an_organization("TiDB")
    for number, one in enumerate(programme["sessions"]):
        starts = BEGIN + timedelta(hours=one["starts"])
        session = a_session(
            conference,
            one["title"][1],
            title_zh_hans=one["title"][0],
            **both("abstract", one["abstract"]),
            kind=one["kind"],
            language=one["language"],
            starts_at=starts,
            ends_at=starts + timedelta(minutes=one["lasts"]) if one["lasts"] else None,
            room=rooms[one["room"]] if one["room"] is not None else None,
            forum=forums[one["forum"]] if one["forum"] is not None else None,
        )
        for who in one["speakers"]:
            if who < 3:
                speaks(people[who], session)
            else:
                speaks(None, session, organization=project)
        for place, (kind, title) in enumerate(one["links"]):
            session.materials.create(kind=kind, url=f"https://x.example/{number}/{place}?a=1&b", **both("title", title))
    return conference


# fmt: off
FIELDS = (
    "uuid", "code", "kind", "title_zh_hans", "title_en", "abstract_zh_hans", "abstract_en", "language", "room_id",
    "forum_id", "starts_at", "ends_at", "is_cancelled", "level",
)
# fmt: on


def told(conference):
    """Everything that a session says, and how many rows of each kind there are."""
    sessions = [
        [
            *((getattr(session, name) or "") for name in FIELDS),
            [(who.pk, who.person_id) for who in session.speakings.all()],
            [(one.pk, one.kind, one.url, one.title_zh_hans, one.title_en) for one in session.materials.all()],
        ]
        for session in conference.sessions.order_by("pk")
    ]
    people = list(Person.objects.order_by("pk").values_list("name_zh_hans", "name_en"))
    return sessions, people, Room.objects.count(), Forum.objects.count()


def differences(before, after):
    """Return what is not as it was, as (before, after)."""
    found = [pair for pair in zip(before[1:], after[1:], strict=True) if pair[0] != pair[1]]
    for was, became in zip(before[0], after[0], strict=True):
        found += [pair for pair in zip(was, became, strict=True) if pair[0] != pair[1]]
    return found


@pytest.mark.parametrize("suffix", FORMATS)
@quickly
@given(programme=PROGRAMME, language=st.sampled_from(["zh-hans", "en"]))
def test_any_programme_that_comes_back_is_what_it_was(suffix, programme, language):
    with transaction.atomic():
        conference = make(programme)
        before = told(conference)
        with translation.override(language):
            content = FORMATS[suffix].make(Exported(find_conference("openconf")))

        report = import_programme(conference, read(content), write=True)

        assert differences(before, told(conference)) == []
        assert [line for heading, lines in report.parts for line in lines if lines is not report.unread] == []
        transaction.set_rollback(True)


SHARED_NAMES = [
    [("甲", "Hall"), ("", "Hall")],
    [("甲", "Hall"), ("hall", "A")],
    [("甲", "Hall"), ("乙", "甲")],
    [("甲", "甲"), ("甲", "甲")],
]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("names", SHARED_NAMES)
def test_places_that_share_a_name_in_whatever_language_are_found_wherever_their_sessions_went(suffix, language, names):
    conference = make({"rooms": names, "forums": names, "people": [], "sessions": []})
    for number, (room, forum) in enumerate(zip(Room.objects.order_by("pk"), conference.forums.all(), strict=True)):
        a_session(conference, f"Talk {number}", room=room, forum=forum, starts_at=BEGIN)
    with translation.override(language):
        content = FORMATS[suffix].make(Exported(find_conference("openconf")))
    before = told(conference)
    conference.sessions.update(room=None, forum=None)

    import_programme(conference, read(content), write=True)

    assert differences(before, told(conference)) == []


@pytest.mark.parametrize("suffix", FORMATS)
@quickly
@given(programme=PROGRAMME, language=st.sampled_from(["zh-hans", "en"]))
def test_what_was_changed_meanwhile_comes_back_and_the_other_language_stays(suffix, programme, language):
    column, other = ("title_zh_hans", "title_en") if language == "zh-hans" else ("title_en", "title_zh_hans")
    with transaction.atomic():
        conference = make(programme)
        with translation.override(language):
            content = FORMATS[suffix].make(Exported(find_conference("openconf")))
        before = conference.sessions.in_bulk()
        conference.sessions.exclude(**{f"{column}__in": [""]}).update(
            **{column: "Changed", other: "Also changed"},
            kind="break",
            starts_at=BEGIN,
            ends_at=None,
            room=None,
            forum=None,
        )

        import_programme(conference, read(content), write=True)

        for session, one in zip(conference.sessions.order_by("pk"), programme["sessions"], strict=True):
            was = before[session.pk]
            if getattr(was, column):
                assert getattr(session, column) == getattr(was, column)
                assert suffix == "csv" or getattr(session, other) == "Also changed"
                assert session.kind == one["kind"]
                assert session.starts_at == BEGIN + timedelta(hours=one["starts"])
                assert (session.room_id, session.forum_id) == (was.room_id, was.forum_id)
        transaction.set_rollback(True)
