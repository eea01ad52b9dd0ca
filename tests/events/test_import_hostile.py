"""Files that are no programme, or mean harm: refused with what was found, and nothing outside them is read."""

import contextlib
import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.imports.reading import read
from events.imports.rows import NotReadable
from portal.html_to_markdown import html_to_markdown
from portal.markdown import render
from tests.events.programme_files import an_event, an_xml

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"<html><body>Hello</body></html>", "Expected <schedule>"),
        (b"<schedule><day>", "Expected XML"),
        (b'{"menu": {}, "items": []}', "found: menu, items"),
        (b'{"schedule": {"items": []}}', "schedule.conference.days"),
        (b"{not json", "Expected JSON"),
        (b"name,city\nMing,Chengdu\n", "first row has: name, city"),
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


def test_a_file_nested_without_end_is_refused():
    with pytest.raises(NotReadable):
        read(('{"schedule":' + "[" * 100_000).encode())


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('<schedule><day date="1"><lesson/></day></schedule>', "lesson"),
        ('{"schedule": {"2024-11-02": {}}}', "2024-11-02"),
        ('{"sessions": [{"id": "1", "title": "Sessionize", "startsAt": "2024-01-01"}]}', "startsAt"),
        ('{"sessions": []}', "nothing"),
        ('[{"code": "ABC", "name": "A speaker"}]', "code, name"),
        ("[]", "nothing"),
        ('{"data": [{"type": "ticket"}]}', "data"),
    ],
)
def test_another_dialect_is_refused_as_a_whole_with_what_was_found(content, found):
    with pytest.raises(NotReadable, match=f"Expected .*{found}"):
        read(content.encode())


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE schedule [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>',
        '<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_file_that_declares_entities_is_refused(prolog):
    with pytest.raises(NotReadable):
        read(f"{prolog}<schedule><day><event/></day></schedule>".encode())


@pytest.mark.parametrize("content", ["<!DOCTYPE html><html><body>Not found", '\ufeff<html lang="en">'])
def test_a_web_page_is_called_one(content):
    with pytest.raises(NotReadable, match="found a web page"):
        read(content.encode())


@pytest.mark.parametrize("space", [" ", "\n"])
def test_a_page_of_spaces_in_every_field_is_read_at_once(space):
    said = f"x{space * 50_000}x"
    event = dict.fromkeys(("title", "room", "track", "abstract", "description", "language", "type"), said)
    event |= {"persons": [{"name": said}], "links": [{"url": said, "title": said}]}
    begun = process_time()

    for generator in ("portal", "another"):
        days = {"days": [{"rooms": {"Hall": [event]}}]}
        content = json.dumps({"generator": {"name": generator}, "schedule": {"conference": days}})
        assert len(read(content.encode()).sessions) == 1
    assert process_time() - begun < 5
