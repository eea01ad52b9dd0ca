"""Rows out by spreadsheet, and the same file in again; templates to fill in."""

import io
import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from events.models import Session
from portal.models import Organization, Person
from tests import make
from tests.portal.tables.bringing import csv, mistakes, page, preview, states, table_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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

    assert book.worksheets[1].max_row == len(table_of(model).read_columns) + 1
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
