"""Imports: lenient and honest. Real files whole, twice the same, hand edits kept, hostile ones harmless."""

import contextlib
import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from events.exports import frab as frab_export
from events.exports import schedule_json as json_export
from events.exports import table as table_export
from events.exports.exported import Exported
from events.importing import import_programme
from events.imports.columns import COLUMNS
from events.imports.reading import read
from events.imports.rows import NotReadable
from events.models import Room, Session, Speaking
from events.reaching import find_conference
from portal.html_to_markdown import html_to_markdown
from portal.markdown import render
from portal.models import ImportedRow, Person
from portal.search import finding
from tests import shared
from tests.events.test_exports import json_of, xml_of
from tests.make import SHANGHAI, a_conference, a_forum, a_person, a_room, a_session, a_venue, speaks

pytestmark = pytest.mark.django_db

SAMPLES = shared.folder("samples", "SCHEDULE_SAMPLES")


def at(hour, minute=0, day=28):
    return datetime(2023, 10, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


def take_in(conference, content, **options):
    content = content if isinstance(content, bytes) else content.encode()
    return import_programme(conference, read(content), write=True, **options)


def counts(report):
    return len(report.new), len(report.changed), len(report.same), len(report.refused)


def an_xml(*events, prolog=""):
    return (
        f'<?xml version="1.0"?>{prolog}<schedule><version>1</version><conference><acronym>x</acronym></conference>'
        f'<day index="1" date="2023-10-28"><room name="Hall">{"".join(events)}</room></day></schedule>'
    )


def an_event(title="Why forks happen", guid="11111111-1111-4111-8111-111111111111", number=1, **parts):
    parts = {
        "date": "2023-10-28T09:30:00+08:00",
        "duration": "00:45",
        "room": "Hall",
        "type": "talk",
        "language": "en",
        "abstract": "Because.",
        **parts,
    }
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in parts.items())
    return f'<event guid="{guid}" id="{number}"><title>{title}</title>{inner}</event>'


def a_table(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# Real files


def test_the_whole_of_a_large_conference_in_both_languages(conference):
    content = shared.at_hand(SAMPLES / "coscup-2023-session.json").read_bytes()

    first = take_in(conference, content)
    second = take_in(conference, content)

    assert counts(first) == (352, 0, 0, 0)
    assert counts(second) == (0, 0, 352, 0)
    assert Person.objects.count() == 415
    assert Room.objects.filter(venue__conference=conference).count() == 28
    session = conference.sessions.get(code="SWZGFV")
    assert (session.title_zh_hans, session.title_en) == ("醫資標準的教育推廣", None)
    assert session.room.name_en == "TR 616"
    assert [who.person.name_zh_hans for who in session.speakings.all()] != []
    # What stood where a link belongs is kept in words.
    assert [line.told for line in first.unread if "不上傳" in line.told] != []
    assert sum(1 for memory in ImportedRow.objects.all() for one in memory.unread if one["said"] == "不上傳") == 3


def test_not_one_event_of_a_congress_is_lost(conference):
    content = shared.at_hand(SAMPLES / "39c3-schedule.xml").read_bytes()

    report = take_in(conference, content)

    assert counts(report) == (215, 0, 0, 0)
    session = conference.sessions.get(uuid="a2dd3dc7-ecae-50b3-82d9-266ad02f7a40")
    assert (session.code, session.kind, session.language) == ("JZ9A3E", "talk", "en")
    assert session.starts_at == datetime(2025, 12, 27, 15, tzinfo=UTC)
    assert session.ends_at - session.starts_at == timedelta(hours=1)
    assert "\n    " not in session.abstract_en
    assert [who.name for who in session.speakings.all()] == ["Q Misell", "maya / 551724"]
    assert conference.sessions.filter(language="de,en").exists()


# Again, and after people have worked on it


def test_the_same_file_again_changes_nothing(conference):
    content = an_xml(
        an_event(persons='<person id="7">Ming Li</person>', links='<link href="https://a.example">A</link>')
    )
    take_in(conference, content)
    before = [list(model.objects.values()) for model in (Session, Speaking, ImportedRow)]

    assert counts(take_in(conference, content)) == (0, 0, 1, 0)

    assert before == [list(model.objects.values()) for model in (Session, Speaking, ImportedRow)]


def test_a_dry_run_tells_the_same_and_writes_nothing(conference):
    report = import_programme(conference, read(an_xml(an_event()).encode()))

    assert counts(report) == (1, 0, 0, 0)
    assert not Session.objects.exists() and not Room.objects.exists() and not ImportedRow.objects.exists()


def test_a_newer_file_updates_what_nobody_edited_and_keeps_what_somebody_did(conference):
    take_in(conference, an_xml(an_event()))
    Session.objects.update(title_en="Why forks heal")

    report = take_in(conference, an_xml(an_event("Forks, again", abstract="Since then.")))

    session = Session.objects.get()
    assert (session.title_en, session.abstract_en) == ("Why forks heal", "Since then.")
    assert [line.told for line in report.kept] == ["title [en]; the file says: Forks, again"]
    assert counts(report) == (0, 1, 0, 0)


def test_people_and_links_added_here_stay_and_those_the_file_drops_go(conference):
    persons = '<person id="1">Ming Li</person><person id="2">Hong Wang</person>'
    take_in(conference, an_xml(an_event(persons=persons)))
    session = Session.objects.get()
    speaks(a_person("Added Here"), session)

    take_in(conference, an_xml(an_event(persons='<person id="2">Hong Wang</person>')))

    assert {who.name for who in session.speakings.all()} == {"Hong Wang", "Added Here"}


def test_whoever_was_taken_away_here_does_not_come_back(conference):
    content = an_xml(an_event(persons='<person id="1">Ming Li</person>'))
    take_in(conference, content)
    Speaking.objects.all().delete()

    assert counts(take_in(conference, content)) == (0, 0, 1, 0)
    assert not Speaking.objects.exists()


def test_a_session_deleted_here_stays_deleted_and_one_gone_from_the_file_stays(conference):
    other = an_event("Other", guid="22222222-2222-4222-8222-222222222222")
    take_in(conference, an_xml(an_event(), other))
    Session.objects.get(title_en="Why forks happen").delete()

    report = take_in(conference, an_xml(an_event()))

    assert [line.told for line in report.kept] == ["It was deleted here, and stays so."]
    assert [line.title for line in report.gone] == ["Other"]
    assert [session.title_en for session in Session.objects.all()] == ["Other"]


def test_an_error_leaves_everything_as_it_was(conference, monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("events.importing.programme._existing", lambda conference: ({}, {}))
    monkeypatch.setattr("portal.importing.Memory.keep", break_down)

    with pytest.raises(RuntimeError):
        take_in(conference, an_xml(an_event()))
    assert not Session.objects.exists() and not Room.objects.exists()


def test_what_was_imported_is_found(conference):
    take_in(conference, an_xml(an_event("Reproducible builds")))

    found = finding.find("reproducible", language="en", now=datetime.now(UTC))
    assert found.total == 1


# Dirty files


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
        ("Klingon, en", "en", ["language: “klingon” – no language known here"]),
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


# What is no schedule, or hostile


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"<html><body>Hello</body></html>", "Expected <schedule>"),
        (b"<schedule><day>", "Expected XML"),
        (b'{"menu": {}, "items": []}', "found: menu, items"),
        (b'{"schedule": {"items": []}}', "schedule.conference.days"),
        (b"{not json", "Expected JSON"),
        (b"name,city\nMing,Chengdu\n", "found: name, city"),
        (b"PK\x03\x04nonsense", "Expected a spreadsheet"),
        (b"\x89PNG\x00\x00", "something else"),
    ],
)
def test_what_is_no_schedule_is_refused_with_what_was_found(content, told):
    with pytest.raises(NotReadable, match=told):
        read(content)


def test_entities_and_files_outside_are_never_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    for entity in (
        f'<!ENTITY e SYSTEM "file://{secret}">',
        '<!ENTITY e "ha">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/">',
    ):
        content = an_xml(an_event("T &e;"), prolog=f"<!DOCTYPE schedule [{entity}]>").encode()
        with pytest.raises(NotReadable, match="entities|XML"):
            read(content)


def test_a_billion_laughs_are_refused_at_once():
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(NotReadable):
        read(an_xml(an_event("&a9;"), prolog=f"<!DOCTYPE schedule [{entities}]>").encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["guid", "id", "date", "end", "duration", "type", "language", "track", "abstract", "persons", "links"]
EVENT = st.fixed_dictionaries({"title": JSON}, optional=dict.fromkeys(NAMES, JSON))


@given(st.lists(EVENT | JSON, max_size=4), st.binary(max_size=60), st.text(max_size=60))
def test_no_file_breaks_the_reading(events, blob, text):
    wholes = [
        {"schedule": {"conference": {"days": [{"rooms": {"R": events}}]}}},
        {"sessions": events, "speakers": events, "rooms": events},
        {"results": events},
    ]
    contents = [json.dumps(whole).encode() for whole in wholes]
    for content in [*contents, blob, b"title,starts\n" + text.encode(), b"<" + blob]:
        with contextlib.suppress(NotReadable):
            read(content)


@given(st.text(alphabet="<>/abpliscrt\"'= :;&#\n", max_size=120))
def test_no_html_comes_out_hostile(text):
    shown = render(html_to_markdown(text))

    assert "<script" not in shown and "javascript:" not in shown.lower().replace("&", "")


# Tables


def test_a_table_with_chinese_heads_from_excel(conference):
    heads = "标题,开始,结束,会议室,论坛,讲师,语言"
    row = "开源治理,2023/10/28 09:30,2023-10-28 10:15,一号厅,治理论坛,李明;王红,中文"

    report = take_in(conference, f"{heads}\n{row}\n".encode("gb18030"))

    session = Session.objects.get()
    assert counts(report) == (1, 0, 0, 0)
    assert (session.title_zh_hans, session.starts_at, session.ends_at) == ("开源治理", at(9, 30), at(10, 15))
    assert (session.room.name_zh_hans, session.forum.title_zh_hans, session.language) == ("一号厅", "治理论坛", "zh")
    assert [who.name for who in session.speakings.all()] == ["李明", "王红"]


def test_a_spreadsheet(conference):
    book = Workbook()
    book.active.append(["title_en", "starts", "ends", "room"])
    book.active.append(["Kernels", datetime(2023, 10, 28, 9, 30), datetime(2023, 10, 28, 10, 15), "Hall"])
    book.active.append([None, None, None, "Hall"])
    out = io.BytesIO()
    book.save(out)

    report = take_in(conference, out.getvalue())

    assert Session.objects.get().starts_at == at(9, 30)
    assert [(line.where, line.title) for line in report.refused] == [("row 3", "A row without a title.")]


def test_columns_that_are_not_there_change_nothing(conference):
    times = {"starts_at": at(9), "ends_at": at(10)}
    session = a_session(conference, "Kernels", code="KERNEL", kind="keynote", language="en", **times)

    take_in(conference, a_table({"code": "KERNEL", "title_en": "Kernels and shells"}))

    session.refresh_from_db()
    assert (session.title_en, session.kind, session.starts_at, session.language) == (
        "Kernels and shells",
        "keynote",
        at(9),
        "en",
    )


# pretalx


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


# Round trips


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


def a_large_file():
    """A file of ninety sessions in nine rooms, in the shape of COSCUP's, with what is dirty in real ones."""
    texts = ["", "<p>Why &amp; <b>how</b></p>", "Line\r\n\r\n- one\n- two", "說明 **粗體**"]
    sessions = [
        {
            "id": f"S{number:05}",
            "type": f"track{number % 4}",
            "room": f"R{number % 9}",
            "start": f"2025-12-{27 + number % 3}T{9 + number // 9 % 12:02}:00:00+08:00",
            "end": f"2025-12-{27 + number % 3}T{9 + number // 9 % 12:02}:50:00+08:00",
            "language": ["漢語", "英語", "", "台語"][number % 4],
            "zh": {"title": f"議題 {number}", "description": texts[number % 4]},
            "en": {"title": f"Talk {number}" if number % 2 else f"議題 {number}", "description": ""},
            "speakers": [f"p{number % 40}", f"p{(number + 1) % 41}"],
            "tags": ["Beginner"] if number % 5 else [],
            "slide": "https://slides.example/1" if number % 3 else "不上傳",
            "record": None,
        }
        for number in range(90)
    ]
    people = [{"id": f"p{number}", "zh": {"name": f"講者{number}"}, "en": {"name": ""}} for number in range(40)]
    rooms = [{"id": f"R{number}", "zh": {"name": f"R {number}"}, "en": {"name": f"R {number}"}} for number in range(9)]
    tracks = [{"id": f"track{number}", "zh": {"name": f"軌 {number}"}, "en": {"name": ""}} for number in range(4)]
    return json.dumps({"sessions": sessions, "speakers": people, "rooms": rooms, "session_types": tracks})


def test_a_large_file_of_our_own_comes_in_whole_and_twice_is_once(conference):
    first, second = take_in(conference, a_large_file()), take_in(conference, a_large_file())

    assert (counts(first), counts(second)) == ((90, 0, 0, 0), (0, 0, 90, 0))
    assert Person.objects.count() == 40
    assert Room.objects.filter(venue__conference=conference).count() == 9
    assert conference.sessions.filter(title_en=None).count() == 45
    assert sum("“不上傳” – no web address" in line.told for line in first.unread) == 30
    assert sum("not among the speakers" in line.told for line in first.unread) == 2


@pytest.mark.parametrize("name", ["", "coscup-2023-session.json", "39c3-schedule.xml"])
def test_what_comes_from_a_real_file_goes_out_valid_and_comes_back_the_same(client, conference, name):
    take_in(conference, shared.at_hand(SAMPLES / name).read_bytes() if name else a_large_file())
    total = conference.sessions.count()

    root = xml_of(client)
    assert len(list(root.iter("event"))) == total
    days = json_of(client)["days"]
    assert sum(len(events) for day in days for events in day["rooms"].values()) == total
    back = client.get(f"/en/conferences/{conference.slug}/schedule.xml").content
    assert counts(take_in(conference, back)) == (0, 0, total, 0)


# The command


def test_the_command_says_what_would_change_and_writes_only_when_told(conference, tmp_path, capsys):
    file = tmp_path / "schedule.xml"
    file.write_text(an_xml(an_event()))

    call_command("import_schedule", file, conference=conference.slug)
    assert "1 new, 0 changed, 0 the same, 0 refused" in capsys.readouterr().out
    assert not Session.objects.exists()

    call_command("import_schedule", file, conference=conference.slug, write=True)
    assert "Written." in capsys.readouterr().out
    assert Session.objects.count() == 1


def test_the_command_names_what_it_cannot_read(conference, tmp_path):
    file = tmp_path / "menu.json"
    file.write_text('{"menu": 1}')

    with pytest.raises(CommandError, match=r"menu\.json: Expected"):
        call_command("import_schedule", file, conference=conference.slug)
    with pytest.raises(CommandError, match="no conference atlantis"):
        call_command("import_schedule", file, conference="atlantis")
    with pytest.raises(CommandError, match="gone.xml"):
        call_command("import_schedule", tmp_path / "gone.xml", conference=conference.slug)


def test_the_template_has_the_columns_that_are_read():
    read_file = read((",".join(COLUMNS) + "\n").encode())

    assert (read_file.sessions, read_file.remarks) == ([], [])
