"""Everybody brings in and takes out what is theirs, and nothing else."""

import pytest

from events.models import Forum, Session
from portal.models import Figure, Organization, Partnership, Person
from tests import make
from tests.organizers import a_lead, a_producer, a_translator, an_organizer, signed_in
from tests.portal.tables.bringing import brought_in, csv, mistakes, page, press, preview, speaking_english, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
