"""Rows in by spreadsheet: first what would change, then all of it or nothing, and twice the same."""

import pytest
from django.urls import reverse
from django.utils import translation

from portal.models import Award, FormerSlug, Organization, Partnership, Person
from portal.tables.ground import PEOPLE
from tests import make
from tests.organizers import an_editor
from tests.portal.tables.bringing import (
    brought_in,
    csv,
    mistakes,
    page,
    press,
    preview,
    speaking_english,
    states,
    table_of,
    xlsx,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
        heads = [str(column.label) for column in table_of(Person).read_columns]
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


def test_a_text_headed_without_a_language_is_of_the_language_of_its_heading(chief):
    for slug, heading, text in (("hong", "名称", "王红"), ("ming", "Name", "Ming Li")):
        assert states(preview(chief, Person, f"slug,{heading}\n{slug},{text}".encode())) == ["new"], heading

    columns, unknown = PEOPLE.columns_of(["地址", "名称", "name"])
    assert ([column.name for _index, column in columns], unknown) == (["slug", "name_zh", "name_en"], [])
