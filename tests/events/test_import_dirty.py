"""Files that say things twice, in HTML, too long, or in words that are not understood."""

import json

import pytest

from events.models import Session
from portal.models import ImportedRow, Person
from tests.events.programme_files import an_event, an_xml, at, counts, take_in
from tests.make import a_conference, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


def test_a_guid_that_comes_twice_makes_two_sessions_told_apart(conference):
    content = an_xml(an_event("One"), an_event("Two", number=2))

    report = take_in(conference, content)

    assert {session.title_en for session in Session.objects.all()} == {"One", "Two"}
    assert "the same key as another session" in report.unread[0].told
    assert counts(take_in(conference, content)) == (0, 0, 2, 0)


def test_events_without_guid_or_id_are_known_again(conference):
    content = an_xml(an_event().replace('guid="11111111-1111-4111-8111-111111111111" id="1"', ""))
    take_in(conference, content)

    assert counts(take_in(conference, content)) == (0, 0, 1, 0)


def test_html_becomes_markdown_and_what_is_hostile_in_it_is_gone(conference):
    dirty = (
        "&lt;p onclick='x()'&gt;Why &lt;b&gt;forks&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
        "&lt;a href='javascript:alert(1)'&gt;run&lt;/a&gt; &lt;a href='https://a.example/'&gt;read&lt;/a&gt;"
        "&lt;iframe src='//player.example/1'&gt;&lt;/iframe&gt;&lt;/p&gt;"
    )
    take_in(conference, an_xml(an_event(abstract=dirty)))

    session = Session.objects.get()
    assert session.abstract_en == "Why **forks**run [read](https://a.example/)\n\n<https://player.example/1>"
    assert "<strong>forks</strong>" in session.abstract_html_en
    for bad in ("script", "alert", "onclick", "<iframe"):
        assert bad not in session.abstract_html_en


def test_times_without_zone_are_those_of_the_conference_and_it_says_so(conference):
    report = take_in(conference, an_xml(an_event(date="2023-10-28T09:30:00")))

    assert Session.objects.get().starts_at == at(9, 30)
    assert "Asia/Shanghai" in report.remarks[0]


@pytest.mark.parametrize(
    ("said", "tags", "unread"),
    [
        ("de, en", "de,en", []),
        ("中文", "zh", []),
        ("zh-TW / English", "zh,en", []),
        ("", "", []),
        ("Klingon, en", "en", ["language: “klingon” – unknown language"]),
    ],
)
def test_languages_are_read_as_people_write_them(conference, said, tags, unread):
    report = take_in(conference, an_xml(an_event(language=said)))

    assert Session.objects.get().language == tags
    assert [line.told for line in report.unread] == unread


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"date": "next Tuesday"}, "starts"),
        ({"duration": "long"}, "duration"),
        ({"type": "Séance"}, "kind"),
        ({"video_download_url": "not uploaded"}, "recording"),
    ],
)
def test_what_is_not_understood_is_kept_in_words(conference, parts, field):
    [said] = parts.values()

    report = take_in(conference, an_xml(an_event(**parts)))

    assert counts(report) == (1, 0, 0, 0)
    [unread] = ImportedRow.objects.exclude(unread=[]).get().unread
    assert (unread["field"], unread["said"]) == (field, said)
    assert said in report.unread[0].told


def test_an_event_without_a_title_is_refused_by_its_line(conference):
    report = take_in(conference, an_xml(an_event(), "\n\n" + an_event("", guid="x")))

    assert [(line.where, line.title) for line in report.refused] == [("line 3", "An event without a title.")]
    assert counts(report) == (1, 0, 0, 1)


def test_what_is_too_long_is_cut_and_kept_in_words(conference):
    take_in(conference, an_xml(an_event("T" * 400, room="R" * 300)))

    session = Session.objects.get()
    assert (len(session.title_en), len(session.room.name_en)) == (240, 120)
    assert ImportedRow.objects.exclude(unread=[]).get().unread[0]["said"] == "T" * 400


def test_a_copy_of_the_other_language_is_stored_once(conference):
    copy = {"title": "Rust", "description": "同"}
    whole = {"sessions": [{"id": "AAAAAA", "zh": copy, "en": copy}], "speakers": [], "rooms": []}
    take_in(conference, json.dumps(whole))

    session = Session.objects.get()
    assert (session.title_zh_hans or "", session.title_en) == ("", "Rust")
    assert (session.abstract_zh_hans, session.abstract_en or "") == ("同", "")


def test_a_name_leads_to_somebody_here_only_where_it_is_whole_and_theirs_alone(conference):
    ming, _ben = a_person("Ming Li", bio_en="Here first."), a_person("Ben")
    for _number in (1, 2):
        a_person("Wei Zhang")
    persons = "".join(f'<person id="{n}">{name}</person>' for n, name in enumerate(["Ming Li", "Ben", "Wei Zhang"]))

    report = take_in(conference, an_xml(an_event(persons=persons)))

    assert [line.title for line in report.matched] == ["Ming Li"]
    assert ming.speakings.count() == 1
    assert Person.objects.filter(name_en="Ben").count() == 2
    assert Person.objects.filter(name_en="Wei Zhang").count() == 3


def test_people_of_a_draft_stay_drafts(conference):
    conference.unpublish()
    take_in(conference, an_xml(an_event(persons='<person id="1">Ming Li</person>')))

    assert Person.objects.get().published_at is None
