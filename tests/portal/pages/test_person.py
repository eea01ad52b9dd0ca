"""A person's page: one row under all names, with everything they did."""

from datetime import date, datetime

import pytest

from portal.models import PersonLink, PersonName
from tests.events.reading import read
from tests.make import (
    SHANGHAI,
    a_chapter,
    a_city,
    a_conference,
    a_forum,
    a_meetup,
    a_part,
    a_person,
    a_photo,
    a_session,
    an_album,
    an_article,
    an_award,
    an_organization,
    leads,
    produces,
    speaks,
)

pytestmark = pytest.mark.django_db


def held(year, title, **fields):
    return a_conference(
        title,
        starts_at=datetime(year, 10, 28, tzinfo=SHANGHAI),
        ends_at=datetime(year, 10, 30, tzinfo=SHANGHAI),
        **fields,
    )


def page_of(client, person, language="en"):
    return read(client, f"people/{person.slug}/", language)


def test_conferences_and_meetups_stand_in_one_history_by_year(client):
    zhuang = a_person("Biaowei Zhuang", name_zh_hans="庄表伟")
    first, later = held(2017, "COSCon'17", city=a_city("Shanghai")), held(2021, "COSCon'21")
    a_part(first, zhuang, "steering-committee")
    speaks(zhuang, a_session(first, "The art of community"))
    produces(zhuang, a_forum(later, "Open Source Governance"))
    a_part(a_meetup("Lunch", starts_at=datetime(2023, 10, 21, 12, 0, tzinfo=SHANGHAI)), zhuang, "guest")
    leads(zhuang, a_chapter("KCC Shanghai"), since=date(2022, 3, 1))
    an_award(later, zhuang)

    page = page_of(client, zhuang)

    assert page.of_class("occasions-year") == ["2023", "2022", "2021", "2017"]
    assert page.of_class("visit-title") == [
        "Lunch 21 October 2023, 12:00",
        "KCC Shanghai",
        "COSCon'21 28–29 October 2021",
        "COSCon'17 28–29 October 2017 · Shanghai",
    ]
    assert page.texts("//*[@class='deeds']/li") == [
        "Guest",
        "Lead",
        "Producer Open Source Governance",
        "Award Open Source Star",
        "Speaker The art of community",
        "Steering committee",
    ]


def test_affiliation_and_title_are_those_of_the_day(client):
    pingcap, freedom = an_organization("PingCAP"), an_organization("Freedom Ltd")
    ming = a_person("Ming", organization=freedom, title_en="Freelancer")
    a_part(held(2017, "COSCon'17"), ming, "guest", organization=pingcap, title_then_en="Engineer")

    page = page_of(client, ming)

    assert "Freelancer · Freedom Ltd" in page.of_class("lead")
    assert page.texts("//*[@class='deeds']/li") == ["Guest PingCAP · Engineer"]


def test_other_names_links_and_photos_are_shown(client):
    ming = a_person("Ming")
    PersonName.objects.create(person=ming, name="mingfork")
    PersonLink.objects.create(person=ming, kind="code", url="https://code.example/ming")
    a_photo(caption_en="On stage").people.add(ming)
    an_article("By Ming").authors.add(ming)
    an_album("Seen by Ming", photographer=ming)

    page = page_of(client, ming)

    assert "Also known as mingfork" in page.text
    assert "https://code.example/ming" in page.links
    assert page.of_class("photo") == ["On stage"]
    assert page.of_class("card-title") == ["By Ming", "Seen by Ming"]


def test_what_is_a_draft_is_in_no_history(client):
    ming = a_person("Ming")
    a_part(held(2017, "Secret conference", published_at=None), ming)
    speaks(ming, a_session(held(2018, "Secret talk", published_at=None)))
    leads(ming, a_chapter("Secret chapter", published_at=None))
    leads(ming, a_chapter("Not shown"), is_public=False)
    a_photo(an_album("Secret album", published_at=None), caption_en="Secret photo").people.add(ming)

    page = page_of(client, ming)

    assert "Secret" not in page.text and "Not shown" not in page.text
    assert "Nothing is recorded here yet" in page.text


def test_a_draft_profile_is_not_there(client):
    hidden = a_person("Hidden", published_at=None)

    assert "404" in read(client, f"people/{hidden.slug}/", status=404).text


def test_a_former_address_leads_to_the_page(client):
    ming = a_person("Ming", slug="ming")
    ming.slug = "ming-of-chengdu"
    ming.save()

    response = client.get("/zh-hans/people/ming/")

    assert response.status_code == 301
    assert response["Location"] == "/zh-hans/people/ming-of-chengdu/"


def test_a_name_in_one_language_only_says_which(client):
    chinese_only = a_person("", name_zh_hans="庄表伟")

    page = page_of(client, chinese_only)

    assert page.main.xpath(".//h1/span/@lang") == ["zh-Hans"]
    assert page.texts("//h1") == ["庄表伟"]


def test_search_engines_learn_who_it_is(client):
    ming = a_person("Ming", title_en="Engineer", organization=an_organization("PingCAP"))
    PersonName.objects.create(person=ming, name="mingfork")

    told = page_of(client, ming).json_ld["Person"]

    assert told["name"] == "Ming"
    assert told["jobTitle"] == "Engineer"
    assert told["worksFor"]["name"] == "PingCAP"
    assert told["alternateName"] == ["mingfork"]
    assert told["url"] == f"http://testserver/en/people/{ming.slug}/"


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_twenty_queries_however_long_the_history(client, django_assert_num_queries, rows):
    ming = a_person("Ming")
    for number in range(rows):
        conference = held(1990 + number, f"OpenConf {number}", city=a_city())
        a_part(conference, ming, organization=an_organization())
        speaks(ming, a_session(conference, f"Talk {number}"))
        produces(ming, a_forum(conference))
        leads(ming, a_chapter(f"Chapter {number}"))
        an_award(conference, ming)
        an_article(f"Article {number}").authors.add(ming)
        a_photo(an_album(f"Album {number}", photographer=ming)).people.add(ming)

    with django_assert_num_queries(20):
        page_of(client, ming)
