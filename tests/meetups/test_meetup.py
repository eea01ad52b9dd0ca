"""One meetup."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from meetups.models import AgendaItem, AgendaMaterial
from portal.models import OrganizationName
from tests.events.reading import read
from tests.make import (
    SHANGHAI,
    a_chapter,
    a_city,
    a_conference,
    a_figure,
    a_level,
    a_link,
    a_meetup,
    a_part,
    a_person,
    a_photo,
    an_album,
    an_article,
    an_organization,
    partners,
)

pytestmark = pytest.mark.django_db

EVENING = {
    "starts_at": datetime(2023, 10, 21, 21, 30, tzinfo=SHANGHAI),
    "ends_at": datetime(2023, 10, 21, 23, 0, tzinfo=SHANGHAI),
}


def page_of(client, meetup, language="en"):
    return read(client, f"meetups/{meetup.slug}/", language)


def ahead(**fields):
    starts_at = timezone.now() + timedelta(days=5)
    return a_meetup(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **fields)


def test_when_where_and_whose_it_is(client):
    meetup = a_meetup(
        "Night market",
        chapters=[a_chapter("KCC Changsha", slug="changsha")],
        city=a_city("Changsha"),
        place_en="Sifangping",
        address_en="1 Market Road",
        directions_en="Follow the smoke.",
        **EVENING,
    )

    page = page_of(client, meetup)

    assert "Sat 21 October 2023, 21:30–23:00" in page.of_class("facts")[0]
    assert "China time (UTC+8)" in page.of_class("facts")[0]
    for fact in ("Sifangping", "1 Market Road", "Follow the smoke.", "On site", "KCC Changsha"):
        assert fact in page.of_class("facts")[0]
    assert "/en/chapters/changsha/" in page.links
    assert "2023年10月21日 周六 21:30–23:00" in page_of(client, meetup, "zh-hans").text


def test_the_agenda_in_order_with_times_and_people(client):
    meetup = a_meetup(**EVENING)
    guest = a_part(meetup, a_person("Ming"), "guest", organization=an_organization("PingCAP"), title_then_en="Engineer")
    item = AgendaItem.objects.create(
        meetup=meetup,
        title_en="Stories",
        starts_at=EVENING["starts_at"],
        ends_at=datetime(2023, 10, 21, 22, 0, tzinfo=SHANGHAI),
    )
    item.parts.add(guest)
    AgendaMaterial.objects.create(item=item, kind="slides", url="https://slides.example/1")
    AgendaItem.objects.create(meetup=meetup, title_en="A toast", position=1)

    page = page_of(client, meetup)

    assert page.of_class("session-time") == ["21:30 –22:00", ""]
    assert page.of_class("session-title") == ["Stories", "A toast"]
    assert page.of_class("session-who") == ["M Ming PingCAP · Engineer"]
    assert "https://slides.example/1" in page.links


def test_each_person_is_shown_once_with_all_their_roles(client):
    meetup = a_meetup()
    tison = a_person("tison")
    a_part(meetup, tison, "organizer", title_then_en="Apache Member")
    a_part(meetup, tison, "speaker", position=1)
    a_part(meetup, a_person("Hong"), "guest", position=2)
    a_part(meetup, a_person("Hidden", published_at=None), "guest", position=3)

    page = page_of(client, meetup)

    assert page.of_class("person-body") == ["Organizer · Speaker tison Apache Member", "Guest Hong"]


def test_partners_keep_their_levels_and_the_name_of_that_day(client):
    meetup = a_meetup(**EVENING)
    body = an_organization("Newname")
    OrganizationName.objects.create(organization=body, name_en="Oldname", until=datetime(2023, 12, 31).date())
    partners(an_organization("Snacks Ltd"), meetup, a_level("Venue partner", role="venue", position=2))
    partners(body, meetup, a_level("Co-host", role="co-host", position=1))

    page = page_of(client, meetup)

    assert page.texts("//*[@class='partner-group']/h3") == ["Co-host", "Venue partner"]
    assert page.of_class("partner") == ["Oldname", "Snacks Ltd"]


def test_recap_photos_figures_and_links_are_on_it(client):
    meetup = a_meetup(**EVENING)
    recap = an_article("How it was", kind="recap", slug="how-it-was")
    recap.occasions.add(meetup)
    a_photo(an_album("Snapshots", occasion=meetup), caption_en="Skewers")
    a_figure(meetup, 20, "people-on-site", precision="nearly")
    a_link(meetup, "recording", "https://video.example/1", title_en="The recording")

    page = page_of(client, meetup)

    assert "How it was" in page.of_class("card-title")
    assert page.of_class("photo") == ["Skewers"]
    assert page.of_class("figure-value") == ["nearly 20"]
    assert page.of_class("hero-actions") == ["The recording Read the recap"]
    assert "/en/news/how-it-was/" in page.links


def test_it_goes_along_with_one_of_ours_or_with_anothers(client):
    conference = a_conference("COSCon'23", slug="coscon-2023")

    assert "Held alongside COSCon'23" in page_of(client, a_meetup(along_with=conference)).text
    others = a_meetup(along_with_name_en="GTLC", along_with_url="https://gtlc.example/")
    page = page_of(client, others)
    assert "Held alongside GTLC" in page.text and "https://gtlc.example/" in page.links


def test_a_draft_that_it_goes_along_with_is_not_named(client):
    assert "Secret" not in page_of(client, a_meetup(along_with=a_conference("Secret", published_at=None))).text


def test_before_it_one_can_register_and_after_it_no_more(client):
    upcoming, past = ahead(), a_meetup(**EVENING)
    for meetup in (upcoming, past):
        a_link(meetup, "registration", "https://register.example/")

    page = page_of(client, upcoming)
    assert page.of_class("hero-actions") == ["Registration"]
    assert page.json_ld["Event"]["offers"]["url"] == "https://register.example/"

    page = page_of(client, past)
    assert page.of_class("hero-actions") == []
    assert "offers" not in page.json_ld["Event"]


def test_cancelled_is_said_loudly_and_nobody_is_sent_to_register(client):
    meetup = ahead(standing="cancelled", standing_note_en="Heavy rain.")
    a_link(meetup, "registration", "https://register.example/")

    page = page_of(client, meetup)

    assert page.of_class("notice") == ["Cancelled Heavy rain."]
    assert page.of_class("hero-actions") == []
    assert page.json_ld["Event"]["eventStatus"] == "https://schema.org/EventCancelled"


def test_postponed_and_sample_are_said(client):
    assert "Postponed" in page_of(client, ahead(standing="postponed")).of_class("notice")[0]
    assert "This is a sample" in page_of(client, ahead(is_sample=True)).of_class("notice")[0]


def test_search_engines_learn_what_it_is(client):
    meetup = a_meetup(
        "Night market", chapters=[a_chapter("KCC Changsha")], city=a_city("Changsha"), place_en="Sifangping", **EVENING
    )
    a_part(meetup, a_person("Ming"), "guest")

    told = page_of(client, meetup).json_ld["Event"]

    assert told["startDate"] == "2023-10-21T21:30+08:00"
    assert told["endDate"] == "2023-10-21T23:00+08:00"
    assert told["location"]["name"] == "Sifangping"
    assert told["location"]["address"]["addressLocality"] == "Changsha"
    assert told["organizer"]["name"] == "KCC Changsha"
    assert told["performer"]["name"] == "Ming"


def test_a_draft_is_not_there(client):
    read(client, f"meetups/{a_meetup(published_at=None).slug}/", status=404)


def test_a_former_address_leads_to_the_page(client):
    meetup = a_meetup(slug="lunch")
    meetup.slug = "chengdu-2023-10"
    meetup.save()

    response = client.get("/en/meetups/lunch/?from=wechat")

    assert response.status_code == 301
    assert response["Location"] == "/en/meetups/chengdu-2023-10/?from=wechat"


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_as_many_queries_however_much_there_is(client, django_assert_num_queries, rows):
    meetup = a_meetup(along_with=a_conference(), **EVENING)
    for number in range(rows):
        part = a_part(meetup, a_person(f"Guest {number}"), "guest", organization=an_organization())
        AgendaItem.objects.create(meetup=meetup, title_en=f"Item {number}").parts.add(part)
        partners(an_organization(), meetup, a_level())
        an_article(f"Article {number}").occasions.add(meetup)
        a_photo(an_album(f"Album {number}", occasion=meetup))
        a_figure(meetup, number, "other", label_en="Cups of tea")
        a_link(meetup, "coverage")

    with django_assert_num_queries(23):
        page_of(client, meetup)
