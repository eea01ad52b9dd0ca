"""Files as people have them: encodings, dates, formulas, merged cells, and what is no table at all."""

import io
import tracemalloc
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Forum, Session
from portal.models import Figure, Person
from portal.tables.files import MOST_ROWS, read
from tests import make
from tests.make import SHANGHAI
from tests.portal.tables.bringing import brought_in, csv, mistakes, page, preview, states, trouble, xlsx
from tests.workbooks import sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_speaker_named_by_an_address_that_is_nobodys_is_refused_in_its_cell(chief):
    make.a_conference(slug="conf-one")
    rows = "conference,title_en,speakings", "conf-one,Forks,Ming (nobody-here)", "conf-one,Spoons,Ming"

    shown = preview(chief, Session, csv(*rows))

    assert mistakes(shown) == [("C2", "Nothing you may choose is called “Ming (nobody-here)”.")]
    assert states(shown) == ["refused", "new"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_arrives_in_every_usual_encoding(chief, encoding):
    brought_in(chief, Person, "name_zh,bio_zh\n李明,自由软件作者，住在成都\n".encode(encoding))

    assert Person.objects.get().bio_zh_hans == "自由软件作者，住在成都"


def test_another_encoding_is_told(chief):
    assert "GB 18030" in trouble(preview(chief, Person, "name_en\nJörg\n".encode("latin-1")))


def test_a_missing_column_is_told_with_what_was_found(chief):
    told = trouble(preview(chief, Figure, csv("occasion,value", "conf,3")))

    assert "Measure" in told and "Source" in told and "occasion, value" in told


def test_merged_cells_are_told_with_their_range(chief):
    file = xlsx(["name_en", "title_en"], ["Ming", "A"], ["", "B"], merged="A2:A3")

    assert "A2:A3" in trouble(preview(chief, Person, file))


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ('<sheetData>HEAD</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "A1:XFD1048576"),
        ('<sheetData>HEAD<row r="9999999999999"><c r="A9999999999999"><v>1</v></c></row></sheetData>', "5000 rows"),
    ],
)
def test_a_small_file_that_pretends_to_be_endless_is_refused(chief, monkeypatch, xml, told):
    monkeypatch.setattr("portal.tables.files.LAST_ROW", 1000)  # a million takes two seconds

    assert told in trouble(preview(chief, Person, sheet_of(xml)))


def test_a_cell_far_away_takes_no_room_for_those_before_it(chief):
    far = '<sheetData>HEAD<row r="90000"><c r="XFD90000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'

    tracemalloc.start()
    read(sheet_of(far))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 30_000_000


def test_a_formula_is_told_with_its_cell(chief):
    shown = preview(chief, Person, xlsx(["name_en", "title_en"], ["Ming", '=HYPERLINK("x")']))

    assert [cell for cell, _why in mistakes(shown)] == ["B2"]
    assert "formula" in mistakes(shown)[0][1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_fifty_thousand_rows_are_refused_at_once(chief, kind):
    rows = [["name_en"], *(["Ming"] for _number in range(50_000))]
    file = xlsx(*rows) if kind == "xlsx" else csv(*(row[0] for row in rows))

    assert f"{MOST_ROWS} rows" in trouble(preview(chief, Person, file))


def test_what_is_no_table_is_told(chief):
    for content in (b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n\x00\x00", b"\n\n"):
        assert trouble(preview(chief, Person, content))


@pytest.mark.parametrize(
    "said",
    [
        "2026-10-28 09:30",
        "2026/10/28 9:30",
        "28.10.2026 09:30",
        "2026年10月28日 09:30",
        46323.395833333336,
        datetime(2026, 10, 28, 9, 30),
    ],
)
def test_a_moment_is_understood_in_every_notation(chief, said):
    make.a_conference(slug="conf-one")

    rows = (["conference", "title_en", "starts_at", "ends_at"], ["conf-one", "Talk", said, "10:15"])
    brought_in(chief, Session, xlsx(*rows))

    session = Session.objects.get()
    assert session.starts_at == datetime(2026, 10, 28, 9, 30, tzinfo=SHANGHAI)
    assert session.ends_at == datetime(2026, 10, 28, 10, 15, tzinfo=SHANGHAI)


@pytest.mark.parametrize("said", ["10/28/2026 09:30", "2026-13-01 09:30", "tomorrow", date(2026, 10, 28)])
def test_what_is_no_moment_is_refused_in_its_cell(chief, said):
    make.a_conference(slug="conf-one")

    shown = preview(chief, Session, xlsx(["conference", "title_en", "starts_at"], ["conf-one", "Talk", said]))

    assert [cell for cell, _why in mistakes(shown)] == ["C2"]


def test_constraints_speak_in_the_preview(chief):
    conference = make.a_conference(slug="conf-one")
    make.a_forum(conference, slug="taken")
    rows = ["conference,title_en,starts_at,ends_at", "conf-one,Talk,2026-10-28 10:00,2026-10-28 09:00"]

    assert "before it begins" in mistakes(preview(chief, Session, csv(*rows)))[0][1]
    assert mistakes(preview(chief, Forum, csv("conference,slug,title_en", "conf-one,Not A Slug,X")))[0][0] == "B2"


def a_package(damage=lambda content: content, **parts):
    """Return the bytes of a ZIP file with these parts, damaged in some way; `__` stands for a slash in their names."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"{name.replace('__', '/')}.xml", content)
    return damage(out.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        a_package(**{"[Content_Types]": "<Types/>", "xl__workbook": "<workbook/>"}),
        # The flag that says a part has a password, in its own head and in the directory.
        a_package(
            lambda zipped: zipped.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1").replace(
                b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"
            ),
            **{"[Content_Types]": "<Types/>"},
        ),
        a_package(lambda zipped: zipped[:60] + bytes(40) + zipped[100:], **{"[Content_Types]": "<Types/>" * 200}),
    ],
    ids=["no workbook in it", "a password", "damaged within"],
)
def test_a_package_that_is_no_workbook_is_told(chief, content):
    answer = chief.post(page(Person), {"file": SimpleUploadedFile("people.xlsx", content)})

    assert answer.status_code == 200
    assert "Expected a spreadsheet" in answer.content.decode()
