"""Submissions and slots as pretalx's API gives them."""

import json

import pytest

from events.models import Forum, Room, Session
from portal.models import Person
from tests.events.programme_files import counts, take_in, words_of
from tests.make import a_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="freeconf-2018", time_zone="Asia/Shanghai")


def a_submission(**fields):
    slot = {
        "start": "2025-08-09T10:00:00+08:00",
        "end": "2025-08-09T10:30:00+08:00",
        "room": {"name": {"en": "RB-105"}},
    }
    return {"code": "ABCDEF", "title": "A talk", "state": "confirmed", "slots": [slot], "speakers": [], **fields}


def test_numbers_that_stand_for_rows_are_kept_in_words_and_make_no_rows(conference):
    row = a_submission(slots=[17], track=4, submission_type=9, speakers=["AAAAAA"], resources=[3])
    report = take_in(conference, {"count": 1, "results": [row]})

    assert (Forum.objects.count(), Room.objects.count(), Person.objects.count()) == (0, 0, 0)
    assert words_of(report).count("“expand”") == 5


def test_the_slots_of_a_released_schedule(conference):
    slot = a_submission()["slots"][0]
    talk = {**slot, "submission": a_submission(speakers=[{"code": "XYZABC", "name": "Ada Lin"}])}
    pause = {**slot, "submission": None, "description": {"en": "Coffee", "zh-hans": "茶歇"}}
    report = take_in(conference, {"id": 7, "version": "1.0", "slots": [talk, pause, {"id": 5}]})

    rows = {session.title_en: session for session in Session.objects.all()}
    assert set(rows) == {"A talk", "Coffee"}
    assert (rows["Coffee"].kind, rows["Coffee"].title_zh_hans) == ("break", "茶歇")
    assert rows["A talk"].speakings.get().name == "Ada Lin"
    assert len(report.refused) == 1


def test_submissions_of_pretalx(conference):
    row = {
        "code": "PRE7LX",
        "title": "Kernels",
        "state": "confirmed",
        "submission_type": {"en": "Workshop"},
        "track": {"en": "Systems", "zh": "系统"},
        "abstract": "Short.",
        "description": "Long.",
        "content_locale": "en",
        "speakers": [{"code": "ABC", "name": "Ming Li", "biography": "Builds."}],
        "slot": {"room": {"en": "Hall"}, "start": "2023-10-28T09:30:00+08:00", "end": "2023-10-28T10:15:00+08:00"},
        "resources": [{"resource": "https://slides.example/1.pdf", "description": "Slides"}],
    }
    content = json.dumps({"count": 2, "results": [row, {**row, "code": "REJECT", "state": "rejected"}]})

    report = take_in(conference, content)

    session = Session.objects.get()
    assert (session.code, session.kind, session.abstract_en) == ("PRE7LX", "workshop", "Short.\n\nLong.")
    assert (session.forum.title_zh_hans, session.forum.title_en, session.room.name_en) == ("系统", "Systems", "Hall")
    assert [one.url for one in session.materials.all()] == ["https://slides.example/1.pdf"]
    assert counts(report) == (1, 0, 0, 1)
    assert counts(take_in(conference, content)) == (0, 0, 1, 1)
