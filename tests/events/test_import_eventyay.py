"""Sessions as Eventyay (Open Event) gives them."""

from datetime import UTC, datetime

import pytest

from events.models import Session
from tests.events.programme_files import take_in
from tests.make import a_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="freeconf-2018", time_zone="Asia/Shanghai")


def an_eventyay_session(**fields):
    return {
        "id": 29,
        "title": "Getting clean, keeping lean",
        "subtitle": "",
        "short_abstract": "Why architecture.",
        "long_abstract": "<p>Why architecture.</p><p>And how.</p>",
        "language": "English",
        "slides": "",
        "video": "https://video.example/29",
        "signup_url": "",
        "state": "accepted",
        "session_type": {"id": 1, "name": "1 hour session", "length": "01.00"},
        "track": {"id": 1, "name": "General", "color": "#BF532E"},
        "start_time": "2017-04-11T13:30:00-07:00",
        "end_time": "2017-04-11T14:30:00-07:00",
        "speakers": [{"id": 24, "name": "Joe Birch", "short_biography": "Writes."}],
        "microlocation": {"id": 2, "name": "Theatre 2"},
        **fields,
    }


def is_the_eventyay_session():
    session = Session.objects.get()
    assert session.starts_at == datetime(2017, 4, 11, 20, 30, tzinfo=UTC)
    assert (session.ends_at - session.starts_at).total_seconds() == 3600
    assert (session.room.name_en, session.forum.title_en, session.language) == ("Theatre 2", "General", "en")
    assert session.speakings.get().name == "Joe Birch"
    assert session.materials.get().kind == "recording"


def test_sessions_of_eventyay(conference):
    rows = [an_eventyay_session(), an_eventyay_session(id=30, title="No", state="rejected")]
    report = take_in(conference, rows)

    assert (len(report.new), len(report.refused)) == (1, 1)
    is_the_eventyay_session()
    assert len(take_in(conference, rows).same) == 1


def test_sessions_of_eventyay_as_its_api_answers(conference):
    row = an_eventyay_session()
    parts = {"microlocation": [row.pop("microlocation")], "track": [row.pop("track")], "speaker": row.pop("speakers")}
    parts["session-type"] = [row.pop("session_type")]
    row["starts-at"], row["ends-at"] = row.pop("start_time"), row.pop("end_time")
    included = [
        {"type": kind, "id": str(one.pop("id")), "attributes": one} for kind, ones in parts.items() for one in ones
    ]
    relations = {
        "microlocation": {"data": {"type": "microlocation", "id": "2"}},
        "track": {"data": {"type": "track", "id": "1"}},
        "session-type": {"data": {"type": "session-type", "id": "1"}},
        "speakers": {"data": [{"type": "speaker", "id": "24"}]},
        "feedbacks": {"links": {"self": "/v1/feedbacks"}},
    }
    data = {"type": "session", "id": str(row.pop("id")), "attributes": row, "relationships": relations}
    take_in(conference, {"data": [data], "included": included, "jsonapi": {"version": "1.0"}})

    is_the_eventyay_session()
