"""Calendars and feeds as clients of others read them: khal and feedparser."""

import subprocess
import sys
from datetime import datetime

import feedparser
import pytest

from tests.make import SHANGHAI, a_conference, a_room, a_session, a_venue, an_article

pytestmark = pytest.mark.django_db

KHAL = """[calendars]
[[one]]
path = {folder}
type = calendar
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def test_khal_reads_the_schedule(client, tmp_path):
    conference = a_conference(slug="openconf")
    starts = datetime(2026, 10, 24, 9, tzinfo=SHANGHAI)
    room = a_room(a_venue(conference, "Main hall"), "Room 1")
    session = a_session(conference, "Why forks happen", room=room, starts_at=starts, ends_at=starts.replace(hour=10))
    (tmp_path / "schedule.ics").write_bytes(client.get("/en/conferences/openconf/schedule.ics").content)
    (tmp_path / "khal.conf").write_text(KHAL.format(folder=tmp_path))
    told = ["--format", "{title}|{start}|{end-time}|{location}|{uid}", str(tmp_path / "schedule.ics")]
    command = [sys.executable, "-m", "khal", "-c", str(tmp_path / "khal.conf"), "printics", *told]

    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "Why forks happen|2026-10-24 09:00|10:00|Room 1, Main hall" in read
    assert str(session.uuid) in read


def test_feedparser_reads_the_news(client):
    article = an_article("How it went", summary_en="Well.")

    feed = feedparser.parse(client.get("/en/feed.xml").content)

    assert (feed.bozo, feed.version) == (False, "atom10")
    [entry] = feed.entries
    assert entry.title == "How it went"
    assert entry.link.endswith(f"/en/news/{article.slug}/")
