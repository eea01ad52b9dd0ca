"""A programme that has everything a file can hold: its exports come back, and bring back what was lost."""

import pytest
from django.utils import translation

from events.exports import frab as frab_export
from events.exports import schedule_json as json_export
from events.exports import table as table_export
from events.exports.exported import Exported
from events.models import Session
from events.reaching import find_conference
from portal.models import Person
from tests.events.programme_files import at, counts, take_in
from tests.make import a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


@pytest.fixture
def programme(conference):
    """A programme that has everything a file can hold, and things that are easily lost."""
    chengdu, beijing = a_venue(conference, "Chengdu"), a_venue(conference, "Beijing")
    rooms = [a_room(chengdu, "Room 1"), a_room(beijing, "Room 1"), a_room(chengdu, "<Big> & 'tall'")]
    forum = a_forum(conference, "Governance & law", title_zh_hans="治理与法律")
    ming = a_person("Ming Li", name_zh_hans="李明")
    for number, room in enumerate([*rooms, None]):
        session = a_session(
            conference,
            f"Talk {number} <b>&",
            title_zh_hans=f"议题 {number}" if number != 1 else "",
            room=room,
            forum=forum if number else None,
            kind=["keynote", "panel", "talk-show", "break"][number],
            language=["zh,en", "zh", "", "en"][number],
            abstract_en="Use `<script>` and\n\n    code\n\n- lists",
            starts_at=at(9 + number),
            ends_at=at(10 + number) if number != 2 else None,
        )
        speaks(ming, session)
        session.materials.create(kind="recording", url=f"https://video.example/{number}?a=1&b=2", title_en="Film")
        session.materials.create(kind="code", url="https://example.org/code")
    return conference


def told(conference):
    """Return all that a file can hold of a programme, without primary keys."""
    return [
        {
            **{name: getattr(session, name) or "" for name in ("title_zh_hans", "title_en", "abstract_en", "language")},
            "names": (str(session.uuid), session.code, session.kind, session.starts_at, session.ends_at),
            "room": session.room and session.room.name_en,
            "forum": session.forum and session.forum.title_en,
            "speakers": [who.name for who in session.speakings.all()],
            "links": [(one.kind, one.url, one.title) for one in session.materials.all()],
        }
        for session in conference.sessions.all()
    ]


@pytest.mark.parametrize("export", [frab_export, json_export, table_export])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_export_that_comes_back_changes_nothing(programme, export, language):
    before = told(programme)
    with translation.override(language):
        content = export.make(Exported(find_conference(programme.slug)))

    report = take_in(programme, content)

    assert counts(report) == (0, 0, 4, 0)
    assert [line.told for _heading, lines in report.parts for line in lines if lines is not report.same] == []
    assert told(programme) == before
    assert Person.objects.count() == 1


@pytest.mark.parametrize("export", [frab_export, json_export])
def test_an_export_brings_everything_back_that_was_lost(programme, export):
    before = told(programme)
    with translation.override("en"):
        content = export.make(Exported(find_conference(programme.slug)))
    Session.objects.all().delete()

    take_in(programme, content)

    after = told(programme)
    for was, became in zip(before, after, strict=True):
        assert became == {**was, "title_zh_hans": ""}
