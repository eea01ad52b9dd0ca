"""Rows in and out by spreadsheet: first what would change, then all of it or nothing, and twice the same."""

import io
import re
import tracemalloc
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from events.models import Forum, Session
from portal.models import Award, Figure, FormerSlug, Organization, Partnership, Person
from portal.tables.files import MOST_ROWS, read
from portal.tables.ground import PEOPLE
from tests import make
from tests.make import SHANGHAI
from tests.organizers import (
    a_lead,
    a_producer,
    a_translator,
    an_administrator,
    an_editor,
    an_organizer,
    signed_in,
)
from tests.workbooks import sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def chief():
    return speaking_english(an_administrator())


def speaking_english(account):
    client = signed_in(account)
    client.cookies["django_language"] = "en"
    return client


def page(model, name="import"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")


def csv(*lines):
    return "\n".join(lines).encode()


def xlsx(*rows, merged=""):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def preview(client, model, content):
    response = client.post(page(model), {"file": SimpleUploadedFile("rows", content)})
    assert response.status_code == 200
    return response


def states(response):
    """Return the state of each line of a preview."""
    return [line.state for line in response.context["plan"].lines]


def mistakes(response):
    """Return (cell, why) of everything refused."""
    return [(one.cell, one.why) for line in response.context["plan"].lines for one in line.mistakes]


def trouble(response):
    """Return why a file was not read at all."""
    assert "plan" not in response.context
    return " ".join(response.context["form"].errors["file"])


def press(client, model, response, follow=False):
    return client.post(page(model), {"write": response.context["held"]}, follow=follow)


def brought_in(client, model, content):
    response = preview(client, model, content)
    assert mistakes(response) == []
    press(client, model, response)
    return response


# The way of a file


def test_a_preview_writes_nothing_and_the_button_writes_what_it_showed(chief):
    shown = preview(chief, Person, csv("name_zh,name_en,title_en", "李明,Ming Li,Maintainer"))
    assert states(shown) == ["new"]
    assert not Person.objects.exists()

    press(chief, Person, shown)

    person = Person.objects.get()
    assert (person.slug, person.name_zh_hans, person.title_en) == ("ming-li", "李明", "Maintainer")
    assert (person.publication, person.entered_by.username) == ("draft", "administrator")


def test_the_same_file_again_changes_nothing(chief):
    file = csv("name_zh,name_en", "李明,Ming Li", "王红,")
    brought_in(chief, Person, file)

    again = preview(chief, Person, file)

    assert states(again) == ["same", "same"]
    assert again.context["held"] == ""


def test_what_changes_is_told_with_before_and_after(chief):
    make.a_person("Ming", slug="ming", title_en="Student")

    shown = preview(chief, Person, csv("slug,title_en", "ming,Maintainer"))

    assert shown.context["plan"].lines[0].changes == [("Title · English", "Student", "Maintainer")]


def test_one_refused_row_keeps_all_of_them_out(chief):
    shown = preview(chief, Organization, csv("name_en,kind", "Good,company", "Bad,circus"))

    assert states(shown) == ["new", "refused"]
    assert mistakes(shown)[0][0] == "B3"
    assert "company, foundation" in mistakes(shown)[0][1]
    assert shown.context["held"] == ""


def test_a_button_whose_preview_is_out_of_date_writes_nothing(chief):
    person = make.a_person("Ming", slug="ming")
    shown = preview(chief, Person, csv("slug,title_en", "ming,Maintainer"))
    Person.objects.filter(pk=person.pk).update(title_en="Retired")

    press(chief, Person, shown)

    person.refresh_from_db()
    assert person.title_en == "Retired"


def test_the_button_works_once_and_for_nobody_else(chief):
    held = preview(chief, Person, csv("name_en", "Ming")).context["held"]

    told = speaking_english(an_editor()).post(page(Person), {"write": held}, follow=True).content.decode()
    assert "The preview is too old." in told
    assert not Person.objects.exists()
    for _time in range(2):
        answer = chief.post(page(Person), {"write": held}, follow=True)
        assert answer.redirect_chain == [(reverse("admin:portal_person_changelist"), 302)]
        assert "1 row is written." in answer.content.decode()
    assert Person.objects.count() == 1


def test_an_error_while_writing_leaves_everything_as_it_was(chief, monkeypatch):
    shown = preview(chief, Person, csv("name_en", "First", "Second"))
    save = Person.save

    def fail(person, *args, **kwargs):
        if person.name_en == "Second":
            raise RuntimeError("the power went out")
        save(person, *args, **kwargs)

    monkeypatch.setattr(Person, "save", fail)
    with pytest.raises(RuntimeError):
        press(chief, Person, shown)

    assert not Person.objects.exists()


def test_rows_that_the_database_refuses_are_told_and_none_is_written(chief, monkeypatch):
    shown = preview(chief, Person, csv("name_en", "First", "Second"))
    save = Person.save

    def as_somebody_else_did_meanwhile(person, *args, **kwargs):
        save(person, *args, **kwargs)
        if person.name_en == "Second":
            Person.objects.create(name_en="Third", slug=person.slug)

    monkeypatch.setattr(Person, "save", as_somebody_else_did_meanwhile)
    told = press(chief, Person, shown, follow=True)

    assert "Two rows of the file contradict each other; nothing was written." in told.content.decode()
    assert not Person.objects.exists()


def test_a_former_address_still_means_its_row(chief):
    person = make.a_person("Ming", slug="latter")
    FormerSlug.objects.create(model="portal.person", slug="former", object_id=person.pk)

    assert states(preview(chief, Person, csv("slug,name_en", "former,Ming"))) == ["same"]


def test_two_lines_for_one_row_are_refused(chief):
    make.a_person("Ming", slug="ming")

    shown = preview(chief, Person, csv("slug,name_en,title_en", "ming,Ming,A", "ming,Ming,B", ",Hong,", ",Hong,"))

    assert states(shown) == ["changed", "refused", "new", "refused"]


def test_columns_may_be_headed_in_either_language_and_stand_in_any_order(chief):
    with translation.override("zh-hans"):
        heads = [str(column.label) for column in _table(Person).read_columns]
    shown = preview(chief, Person, xlsx(list(reversed(heads)), [""] * (len(heads) - 3) + ["Ming", "李明", ""]))

    assert states(shown) == ["new"]
    assert shown.context["plan"].remarks == []


def test_people_and_organizations_are_named_by_address_or_name(chief):
    ming, award_of = make.a_person("Ming", slug="ming"), make.a_conference(slug="conf-one")
    make.an_organization("PingCAP", slug="pingcap")
    brought_in(chief, Award, csv("occasion,name_en,recipients", "conf-one,Star,Ming (ming); pingcap; 张三"))

    recipients = list(award_of.awards.get().recipients.all())
    assert recipients[0].person == ming
    assert recipients[1].organization.slug == "pingcap"
    assert recipients[2].name_then_zh_hans == "张三"

    brought_in(chief, Award, csv("occasion,name_en,recipients", "conf-one,Star,张三; Ming (ming)"))
    assert list(award_of.awards.get().recipients.all()) == [recipients[2], recipients[0]], "who is left out goes"


def test_a_name_that_is_several_or_nobodys_is_refused_with_advice(chief):
    make.a_conference(slug="conf-one")
    make.a_level("Gold", slug="gold")
    make.an_organization("Twin", slug="twin-a")
    make.an_organization("Twin", slug="twin-b")
    make.an_organization("PingCAP", slug="pingcap")

    shown = preview(
        chief, Partnership, csv("occasion,organization,level", "conf-one,Twin,gold", "conf-one,PingCAB,Gold")
    )

    told = dict(mistakes(shown))
    assert "twin-a, twin-b" in told["B2"]
    assert "PingCAP (pingcap)" in told["B3"]


# What people send


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


# Out and in again


def _table(model):
    return admin.site._registry[model].table


MODELS_WITH_TABLES = 7


def with_tables():
    return [model for model, one in admin.site._registry.items() if getattr(one, "table", None)]


def some_of_everything():
    conference = make.a_conference(title_zh_hans="大会")
    venue = make.a_venue(conference, name_zh_hans="主会场")
    organization = make.an_organization("=Dangerous()", summary_en="- a\n- list", website="https://example.org/")
    bio = '@home\nand more, "quoted"'
    person = make.a_person("+Ming", name_zh_hans="'=李明", organization=organization, bio_en=bio)
    forum = make.a_forum(conference, venue=venue, body_zh_hans="正文\n\n- 一")
    session = make.a_session(forum=forum, room=make.a_room(venue), starts_at=conference.starts_at, is_featured=True)
    make.speaks(person, session, position=1)
    make.speaks(None, session, name_then_zh_hans="张三", position=2)
    make.a_person("张三")
    make.partners(organization, conference, shown_as_en="Then")
    make.a_figure(conference)
    make.a_figure(conference, measure="other", label_en="cups of tea", value=3)
    make.an_award(conference, person)
    make.a_session(conference, title="Lunch")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_export_brought_in_again_changes_nothing(chief, kind, language):
    some_of_everything()
    chief.cookies["django_language"] = language
    assert len(with_tables()) == MODELS_WITH_TABLES
    for model in with_tables():
        exported = chief.get(page(model, f"export_{kind}")).content

        chief.cookies["django_language"] = "en"
        shown = preview(chief, model, exported)
        chief.cookies["django_language"] = language

        assert mistakes(shown) == [], model
        assert set(states(shown)) == {"same"}, (model, [line.changes for line in shown.context["plan"].lines])


def test_no_cell_of_an_export_is_a_formula(chief):
    some_of_everything()
    for model in with_tables():
        sheet = load_workbook(io.BytesIO(chief.get(page(model, "export_xlsx")).content)).active
        cells = [cell for row in sheet for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.data_type == "f" or str(cell.value or "").startswith(tuple("=+-@"))]


def test_an_export_holds_what_the_list_is_filtered_to(chief):
    make.an_organization("Body", kind="community")
    make.an_organization("Firm", kind="company")

    exported = chief.get(page(Organization, "export_csv"), {"kind__exact": "community"}).content.decode("utf-8-sig")

    assert "Body" in exported and "Firm" not in exported


def test_exports_ask_as_often_for_thirty_rows_as_for_three(chief):
    def queries():
        with CaptureQueriesContext(connection) as found:
            for model in with_tables():
                assert chief.get(page(model, "export_csv")).status_code == 200
        return len(found)

    some_of_everything()
    queries()
    few = queries()
    for _time in range(5):
        some_of_everything()
    assert queries() == few


@pytest.mark.parametrize("model", [Person, Session])
def test_a_template_explains_every_column_and_can_be_sent_back(chief, model):
    content = chief.get(page(model, "template")).content
    book = load_workbook(io.BytesIO(content))

    assert book.worksheets[1].max_row == len(_table(model).read_columns) + 1
    assert all(cell.value for cell in book.worksheets[1]["C"])
    assert preview(chief, model, content).context["plan"].lines == []


def test_the_pages_are_whole_in_chinese(chief):
    make.a_conference(slug="conf-one")
    chief.cookies["django_language"] = "zh-hans"

    shown = preview(chief, Session, csv("conference,title_en,kind", "conf-one,Talk,circus")).content.decode()
    form = chief.get(page(Session)).content.decode()

    for text in (shown, form):
        main = re.sub(r"<[^>]+>", " ", text[text.index('id="content-main"') : text.index("<footer")])
        assert "导入" in text
        assert not re.search(r"\b(Expected|Empty|Nothing|Refused|Its name|What goes)\b", main)


# Each to what is theirs


def test_a_lead_brings_in_partners_of_their_own_meetups_only():
    chapter = make.a_chapter()
    make.a_meetup(slug="mine", chapters=[chapter])
    make.a_meetup(slug="theirs")
    make.an_organization(slug="body")
    make.a_level(slug="gold")
    lead = speaking_english(a_lead(chapter))

    shown = preview(lead, Partnership, csv("occasion,organization,level", "mine,body,gold", "theirs,body,gold"))

    assert states(shown) == ["new", "refused"]
    assert mistakes(shown)[0][0] == "A3"


def test_who_may_not_change_a_row_may_name_it_and_not_change_it():
    make.a_person("Ming", slug="ming", title_en="Maintainer")
    account = a_lead(make.a_chapter())
    lead = speaking_english(account)

    shown = preview(lead, Person, csv("slug,name_en,title_en", "ming,Ming,Mine now", ",Hong,"))

    assert states(shown) == ["refused", "new"]
    assert states(preview(lead, Person, csv("slug,title_en", "ming,Maintainer"))) == ["same"]
    brought_in(lead, Person, csv("name_en", "Hong"))
    assert Person.objects.get(name_en="Hong").entered_by == account, "who may go on writing it"
    assert states(preview(lead, Person, csv("slug,title_en", "hong,Host", "ming,Host"))) == ["changed", "refused"]


def test_a_producer_brings_in_sessions_of_the_forum_they_produce():
    conference = make.a_conference(slug="conf-one")
    mine, _other = make.a_forum(conference, slug="mine"), make.a_forum(conference, slug="other")
    producer = speaking_english(a_producer(mine))
    heads = "conference,forum,title_en"

    refused = preview(producer, Session, csv(heads, "conf-one,other,Talk", "conf-one,,Talk"))
    assert states(refused) == ["refused", "refused"]
    brought_in(producer, Session, csv(heads, "conf-one,mine,Talk"))

    assert mine.sessions.get().title_en == "Talk"


def test_a_row_that_comes_out_as_somebody_elses_is_not_written(monkeypatch):
    conference = make.a_conference(slug="conf-one")
    mine, other = make.a_forum(conference, slug="mine"), make.a_forum(conference, slug="other")
    make.a_session(conference, forum=mine)
    producer = speaking_english(a_producer(mine))
    shown = preview(producer, Session, csv("conference,forum,title_en", "conf-one,mine,Talk"))
    save = Session.save

    def elsewhere(session, *args, **kwargs):
        session.forum = other
        save(session, *args, **kwargs)

    monkeypatch.setattr(Session, "save", elsewhere)
    told = press(producer, Session, shown, follow=True)

    assert "Row 2 would not be yours to edit" in told.content.decode()
    assert not other.sessions.exists()


def test_a_translator_brings_in_texts_and_nothing_else():
    organization = make.an_organization("Body", slug="body", kind="community")
    translator = speaking_english(a_translator())

    brought_in(translator, Organization, csv("slug,name_zh", "body,机构"))
    refused = preview(translator, Organization, csv("slug,name_zh,kind", "body,组织,company", ",新机构,company"))

    organization.refresh_from_db()
    assert organization.name_zh_hans == "机构"
    assert states(refused) == ["refused", "refused"]


def test_an_export_holds_what_is_within_reach():
    conference, other = make.a_conference(), make.a_conference()
    make.a_forum(conference, "Mine")
    make.a_forum(other, "Theirs")

    exported = speaking_english(an_organizer(conference.series)).get(page(Forum, "export_csv")).content.decode()

    assert "Mine" in exported and "Theirs" not in exported


def test_the_pages_are_closed_to_who_has_no_such_rows():
    producer = signed_in(a_producer(make.a_forum()))

    for name in ("import", "template", "export_xlsx", "export_csv"):
        assert producer.get(page(Figure, name)).status_code == 403


def test_a_text_headed_without_a_language_is_of_the_language_of_its_heading(chief):
    for slug, heading, text in (("hong", "名称", "王红"), ("ming", "Name", "Ming Li")):
        assert states(preview(chief, Person, f"slug,{heading}\n{slug},{text}".encode())) == ["new"], heading

    columns, unknown = PEOPLE.columns_of(["地址", "名称", "name"])
    assert ([column.name for _index, column in columns], unknown) == (["slug", "name_zh", "name_en"], [])


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
