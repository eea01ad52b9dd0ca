"""An organization's page: one row under all its names."""

from datetime import date, datetime

import pytest

from portal.models import OrganizationName
from tests.events.reading import read
from tests.make import (
    SHANGHAI,
    a_booth,
    a_conference,
    a_level,
    a_meetup,
    a_part,
    a_person,
    a_series,
    a_session,
    an_organization,
    partners,
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


def page_of(client, organization):
    return read(client, f"organizations/{organization.slug}/")


def deeds(page):
    return page.texts("//*[@class='deeds']/li")


def test_it_says_what_it_was_to_each_occasion_and_who_stood_for_it(client):
    pingcap = an_organization("PingCAP")
    conference = held(2021, "COSCon'21", series=a_series("COSCon", organization=pingcap))
    partners(pingcap, conference, a_level("Gold sponsor"))
    huang = a_person("Huang Dongxu")
    speaks(huang, a_session(conference, "TiDB"), organization=pingcap, title_then_en="CTO")
    a_booth(conference, organization=pingcap)
    meetup = a_meetup("KCC x TiDB", starts_at=datetime(2023, 10, 21, 12, 0, tzinfo=SHANGHAI))
    a_part(meetup, a_person("Biaomei"), "organizer", organization=pingcap)

    page = page_of(client, pingcap)

    assert page.of_class("occasions-year") == ["2023", "2021", "Across the years"]
    assert deeds(page) == ["Organizer Biaomei", "Gold sponsor", "Booth", "Speaker TiDB Huang Dongxu CTO", "Host"]
    assert huang.get_absolute_url().replace("/zh-hans/", "/en/") in page.links


def test_several_people_in_one_role_share_a_line(client):
    body, conference = an_organization("Open Body"), held(2017, "COSCon'17")
    for name in ("Ted", "Emily", "Mabel"):
        a_part(conference, a_person(name), "steering-committee", organization=body)

    assert deeds(page_of(client, body)) == ["Steering committee Ted · Emily · Mabel"]


def test_a_renamed_organization_is_shown_under_the_name_of_that_year(client):
    body = an_organization("Newname")
    OrganizationName.objects.create(
        organization=body, name_en="Oldname", since=date(2010, 1, 1), until=date(2019, 12, 31)
    )
    level = a_level("Host", role="host")
    partners(body, held(2017, "Before"), level)
    partners(body, held(2021, "After"), level)

    page = page_of(client, body)

    assert page.texts("//h1") == ["Newname"]
    assert "Also known as Oldname (2010–2019)" in page.text
    assert deeds(page) == ["Host", "Host as Oldname"]


def test_projects_and_who_makes_them_lead_to_each_other(client):
    pingcap = an_organization("PingCAP")
    tidb = an_organization("TiDB", kind="project", made_by=pingcap)
    an_organization("Secret project", made_by=pingcap, published_at=None)

    assert page_of(client, pingcap).of_class("partner") == ["TiDB"]
    assert "made by PingCAP" in page_of(client, tidb).text


def test_a_maker_who_is_a_draft_is_not_named(client):
    project = an_organization("TiDB", made_by=an_organization("Secret maker", published_at=None))

    assert "Secret maker" not in page_of(client, project).text


def test_what_is_a_draft_is_in_no_history(client):
    body = an_organization("Open Body")
    partners(body, held(2024, "Secret conference", published_at=None))
    a_person("Secret member", organization=body, published_at=None)

    page = page_of(client, body)

    assert "Secret" not in page.text
    assert "Nothing is recorded here yet" in page.text


def test_search_engines_learn_its_other_names(client):
    body = an_organization("KAIYUANSHE", website="https://kaiyuanshe.example")
    OrganizationName.objects.create(organization=body, name_en="Open Source Society")

    told = page_of(client, body).json_ld["Organization"]

    assert told["name"] == "KAIYUANSHE"
    assert told["alternateName"] == ["Open Source Society"]
    assert told["sameAs"] == ["https://kaiyuanshe.example"]


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_as_many_queries_however_long_the_history(client, django_assert_num_queries, rows):
    body = an_organization("Open Body")
    for number in range(rows):
        conference = held(1990 + number, f"OpenConf {number}")
        partners(body, conference)
        a_part(conference, a_person(f"Guest {number}"), organization=body)
        speaks(a_person(f"Speaker {number}"), a_session(conference), organization=body)
        a_booth(conference, organization=body)
        an_organization(f"Project {number}", made_by=body)
        a_person(f"Member {number}", organization=body)

    with django_assert_num_queries(16):
        page_of(client, body)
