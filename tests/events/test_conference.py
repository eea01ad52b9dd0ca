"""The page of one conference."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from portal.models import OrganizationName
from tests.events.reading import read
from tests.make import (
    SHANGHAI,
    a_call,
    a_city,
    a_conference,
    a_figure,
    a_forum,
    a_highlight,
    a_level,
    a_link,
    a_part,
    a_person,
    a_photo,
    a_photo_at_hand,
    a_series,
    a_session,
    a_source,
    a_venue,
    an_album,
    an_article,
    an_award,
    an_organization,
    partners,
    produces,
    speaks,
)

pytestmark = pytest.mark.django_db


def the_conference(**fields):
    fields = {
        "slug": "openconf-2023",
        "starts_at": datetime(2023, 10, 28, tzinfo=SHANGHAI),
        "ends_at": datetime(2023, 10, 30, tzinfo=SHANGHAI),
        **fields,
    }
    return a_conference(fields.pop("title", "OpenConf'23"), **fields)


def show(client, language="en"):
    return read(client, "conferences/openconf-2023/", language)


def fill(conference, number):
    """Give the conference one more of everything that its page shows."""
    person, organization = a_person(f"Person {number}"), an_organization(f"Body {number}")
    OrganizationName.objects.create(organization=organization, name_en=f"Former {number}", until="2022-01-01")
    venue = a_venue(conference, f"Venue {number}", city=a_city(f"City {number}"))
    forum = a_forum(conference, f"Forum {number}", venue=venue)
    produces(person, forum, organization=organization)
    keynote = a_session(conference, f"Keynote {number}", kind="keynote", forum=forum)
    speaks(person, keynote, organization=organization)
    speaks(person, a_session(conference, f"Talk {number}", is_featured=True), organization=organization)
    a_figure(conference, value=number, measure="other", label_en=f"Counted {number}")
    highlight = a_highlight(conference, f"Launch {number}")
    highlight.people.add(person)
    highlight.organizations.add(organization)
    an_award(conference, person, name=f"Award {number}")
    a_part(conference, person, role="welcome", organization=organization)
    a_part(conference, a_person(f"Named {number}"), role="speaker")
    partners(organization, conference, a_level(f"Level {number}"))
    an_album(f"Album {number}", occasion=conference)
    an_article(f"Article {number}").occasions.add(conference)
    a_link(conference, "recording", f"https://example.org/{number}")


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_29_queries_whatever_it_shows(client, django_assert_num_queries, rows):
    conference = the_conference()
    the_conference(title="OpenConf'22", slug="openconf-2022", series=conference.series)
    for number in range(rows):
        fill(conference, number)

    with django_assert_num_queries(29):
        page = show(client)

    assert len(page.of_class("forum-title")) == rows


def test_it_tells_what_where_and_when(client):
    the_conference(
        theme_en="Mountain and sea",
        edition=8,
        city=a_city("Chengdu"),
        place_en="Jingronghui",
        format_note_en="A summit and a bazaar",
        series=a_series("OpenConf", slug="openconf"),
    )

    page = show(client)

    assert page.texts("//h1") == ["OpenConf'23"]
    assert page.title.startswith("OpenConf'23 ·")
    hero = page.of_class("hero")[0]
    assert "Mountain and sea" in hero
    assert "Sat–Sun 28–29 October 2023" in hero
    assert "Chengdu · Jingronghui" in hero
    assert "on site" in hero.lower()
    assert "A summit and a bazaar" in hero
    assert "China time (UTC+8)" in page.part("about")
    assert "No. 8" in page.part("about")
    assert page.links.count("/en/conferences/series/openconf/") == 1
    assert "accent-openconf" in page.tree.body.get("class")


def test_dates_are_written_as_people_write_them_in_chinese(client):
    the_conference()

    assert "2023年10月28日–29日 周六、周日" in show(client, "zh-hans").of_class("hero")[0]


def test_only_the_month_is_told_where_only_the_month_is_known(client):
    the_conference(
        starts_at=datetime(2023, 5, 1, tzinfo=SHANGHAI),
        ends_at=datetime(2023, 6, 1, tzinfo=SHANGHAI),
        precision="month",
    )

    page = show(client, "zh-hans")

    assert "2023年5月" in page.of_class("hero")[0]
    assert "5月1日" not in page.text
    assert page.json_ld["Event"]["startDate"] == "2023-05"


def test_figures_keep_their_unit_their_precision_and_their_source(client):
    conference = the_conference()
    source = a_source("Review of 2023", url="https://example.org/review")
    a_figure(conference, 1108, "people-on-site", source=source, unit_zh_hans="人")
    a_figure(conference, 261705, "views-online", source=source, unit_zh_hans="人次")
    a_figure(conference, 1000, "volunteers", precision="at-least", source=source)

    english, chinese = show(client), show(client, "zh-hans")

    assert english.of_class("figure-value") == ["1,108", "261,705", "more than 1,000"]
    assert [value.replace(" ", "") for value in chinese.of_class("figure-value")][:2] == ["1,108人", "261,705人次"]
    assert english.of_class("figure-source") == ["Source: Review of 2023"]  # said once, since all come from it
    assert "https://example.org/review" in english.links
    assert "262,813" not in english.text


def test_figures_from_several_sources_name_each_its_own(client):
    conference = the_conference()
    a_figure(conference, 1108, "people-on-site", source=a_source("Review of 2023"))
    a_figure(conference, 144, "speakers", source=a_source("The programme"))

    assert show(client).of_class("figure-source") == ["Source: Review of 2023", "Source: The programme"]


def test_forums_are_listed_with_their_producers(client):
    conference = the_conference()
    forum = a_forum(conference, "Open Hardware", slug="open-hardware")
    a_session(forum=forum)
    a_session(forum=forum, kind="break")
    produces(a_person("Ming"), forum)
    produces(a_person("Hong"), forum, is_public=False)

    page = show(client)

    assert page.of_class("forum") == ["Open Hardware M Produced by Ming 1 session"]
    assert "/en/conferences/openconf-2023/forums/open-hardware/" in page.links


def test_a_cancelled_venue_is_shown_as_cancelled(client):
    conference = the_conference(mode="hybrid")
    a_venue(conference, "Online main venue", is_online=True)
    a_venue(conference, "Dalian", kind="city", city=a_city("Dalian"))
    a_venue(conference, "Beijing", kind="city", city=a_city("Beijing"), standing="cancelled", slug="beijing")

    page = show(client)

    assert page.of_class("venue")[-1] == "Beijing City venue · Beijing Cancelled"
    assert "".join(page.of_class("venue")[:-1]).count("Cancelled") == 0
    assert "/en/conferences/openconf-2023/venues/beijing/" in page.links
    places = [place.get("name") for place in page.json_ld["Event"]["location"]]
    assert "Dalian" in places and "Beijing" not in places


def test_keynote_speakers_appear_as_they_were_that_day(client):
    gnome, elsewhere = an_organization("GNOME Foundation"), an_organization("Elsewhere")
    speaker = a_person("Nuritzi Sanchez", slug="nuritzi", organization=elsewhere, title_en="Something else today")
    keynote = a_session(the_conference(), kind="keynote")
    speaks(speaker, keynote, organization=gnome, title_then_en="President")

    page = show(client)

    assert "Nuritzi Sanchez GNOME Foundation · President" in page.part("keynotes")
    assert "Elsewhere" not in page.text
    assert "/en/people/nuritzi/" in page.links


def test_who_gave_two_keynotes_is_shown_once(client):
    conference, ming = the_conference(), a_person("Ming")
    for title in ("First", "Second"):
        speaks(ming, a_session(conference, title, kind="keynote"))

    assert show(client).part("keynotes").count("Ming") == 1


def test_someone_whose_profile_is_a_draft_is_named_nowhere(client):
    conference = the_conference()
    secret = a_person("Secret Guest", published_at=None)
    speaks(secret, a_session(conference, kind="keynote"))
    a_part(conference, secret)
    produces(secret, a_forum(conference))
    an_award(conference, secret)
    a_highlight(conference).people.add(secret)
    partners(an_organization("Secret Sponsor", published_at=None), conference)

    assert "Secret" not in show(client).response.content.decode()


def test_partners_stand_in_the_order_and_the_size_they_were_promised(client):
    conference = the_conference()
    gold = a_level("Gold sponsor", position=3, display="medium")
    platinum = a_level("Platinum sponsor", position=2, display="row")
    host = a_level("Host", role="host", position=1, display="large")
    partners(an_organization("Golden B"), conference, gold, position=2)
    partners(an_organization("Golden A"), conference, gold, position=1)
    partners(an_organization("Platinum Co"), conference, platinum)
    partners(an_organization("The Host", slug="the-host"), conference, host)

    page = show(client)

    assert page.of_class("partner-group") == [
        "Host The Host",
        "Platinum sponsor Platinum Co",
        "Gold sponsor Golden A Golden B",
    ]
    walls = [wall.get("class") for wall in page.main.xpath(".//ul[contains(@class, 'wall')]")]
    assert walls == ["wall large", "wall row", "wall medium"]
    assert page.json_ld["Event"]["organizer"]["name"] == "The Host"


def test_levels_of_the_same_rank_are_not_mixed_up(client):
    conference = the_conference()
    media, community = a_level("Media"), a_level("Community")
    for number, level in enumerate((media, community, media, community)):
        partners(an_organization(f"Body {number}"), conference, level, position=number)

    assert show(client).of_class("partner-group") == ["Media Body 0 Body 2", "Community Body 1 Body 3"]


def test_a_renamed_partner_is_shown_under_the_name_of_that_year(client):
    organization = an_organization("New Name", slug="the-body")
    OrganizationName.objects.create(organization=organization, name_en="Old Name", until="2024-06-30")
    partners(organization, the_conference())

    page = show(client)

    assert "Old Name" in page.part("partnerships")
    assert "New Name" not in page.part("partnerships")
    assert "/en/organizations/the-body/" in page.links


def test_highlights_awards_and_other_parts_are_told(client):
    conference = the_conference()
    ming, pouch = a_person("Ming"), an_organization("Pouch", slug="pouch", kind="project")
    a_highlight(conference, "Pouch, open-sourced on stage", body_en="By **Alibaba**.").organizations.add(pouch)
    an_award(conference, ming, name="Open Source Star")
    a_part(conference, a_person("Jim"), role="greeting", note_en="On video")
    a_part(conference, ming, role="steering-committee")

    page = show(client)

    assert page.part("highlights") == "Highlights Pouch, open-sourced on stage By Alibaba . Pouch"
    assert "Open Source Star" in page.part("awards") and "Ming" in page.part("awards")
    assert page.texts("//section[@id='circles']//h3") == ["Steering committee", "Greeting"]
    assert "On video" in page.part("circles")


def test_sessions_that_no_forum_lists_are_listed_here(client):
    conference = the_conference()
    a_session(forum=a_forum(conference), title="In a forum")
    a_session(conference, "Open Source Night", kind="social")
    a_session(conference, "Tea", kind="break")

    page = show(client)

    assert page.texts("//section[@id='sessions']//h3") == ["Open Source Night"]


def test_albums_articles_links_and_other_editions_are_told(client):
    conference = the_conference()
    an_album("Day one", slug="day-one", occasion=conference)
    an_album("Unsorted", occasion=conference, published_at=None)
    an_article("How it went", slug="how-it-went", kind="recap").occasions.add(conference)
    an_article("Not yet", published_at=None).occasions.add(conference)
    a_link(conference, "song", "https://example.org/song", title_en="The song")
    the_conference(title="OpenConf'22", slug="openconf-2022", series=conference.series)
    the_conference(title="OpenConf'24", slug="openconf-2024", series=conference.series, published_at=None)

    page = show(client)

    assert "/en/photos/day-one/" in page.links
    assert "/en/news/how-it-went/" in page.links
    assert "https://example.org/song" in page.links
    assert "/en/conferences/openconf-2022/" in page.links
    assert not any(word in page.text for word in ("Unsorted", "Not yet", "OpenConf'24"))


def test_photos_that_are_at_hand_are_shown_and_no_place_is_kept_for_others(client):
    album = an_album("Day one", occasion=the_conference())
    a_photo(album, caption_en="Lost")
    a_photo_at_hand(album, caption_en="Main hall")

    assert show(client).texts("//figure[contains(@class, 'photo')]/figcaption") == ["Main hall"]


@pytest.mark.parametrize(
    ("days", "fields", "offered"),
    [
        (30, {}, ["Register", "Live"]),
        (-0.5, {}, ["Live", "Register"]),
        (-30, {}, ["Watch"]),
        (30, {"standing": "cancelled"}, []),
    ],
)
def test_one_can_register_while_it_is_ahead_and_watch_once_it_is_over(client, days, fields, offered):
    starts = timezone.now() + timedelta(days=days)
    conference = the_conference(starts_at=starts, ends_at=starts + timedelta(days=2), precision="minute", **fields)
    a_link(conference, "registration", "https://example.org/register", title_en="Register")
    a_link(conference, "live", "https://example.org/live", title_en="Live")
    a_link(conference, "recording", "https://example.org/watch", title_en="Watch")

    page = show(client)

    assert page.texts("//p[@class='hero-actions']/a") == offered
    assert ("offers" in page.json_ld["Event"]) == (days > -10)


def test_the_programme_and_what_takes_sign_ups_have_a_button_at_the_head(client):
    conference = the_conference(starts_at=timezone.now() + timedelta(days=30), ends_at=None, precision="minute")
    a_link(conference, "registration", "https://example.org/register", title_en="Register")
    a_session(conference, "Talk", starts_at=conference.starts_at, ends_at=conference.starts_at + timedelta(hours=1))
    a_call(conference)

    assert show(client).texts("//p[@class='hero-actions']/a") == ["Register", "Schedule", "Become a volunteer"]


def test_its_pages_are_reached_from_its_own(client):
    conference = the_conference()
    a_forum(conference, "Hardware")

    page = show(client)

    assert page.texts("//nav[@aria-label='Pages of this conference']//a") == ["Overview", "Forums"]
    assert page.texts("//nav[contains(@class, 'toc')]//a[@aria-current='page']") == ["Overview"]


def test_one_without_pages_of_its_own_names_the_parts_of_this_one(client):
    conference = the_conference()
    a_link(conference, "website", "https://example.org/")
    assert show(client).texts("//nav[@aria-label='On this page']//a") == []

    a_figure(conference)
    assert show(client).texts("//nav[@aria-label='On this page']//a") == ["In figures", "Links"]


@pytest.mark.parametrize("standing", ["cancelled", "postponed"])
def test_a_conference_that_is_called_off_says_so_loudly(client, standing):
    the_conference(standing=standing, standing_note_en="Because of the flood.")

    page = show(client)

    assert page.of_class("notice") == [f"{standing.capitalize()} Because of the flood."]
    assert page.json_ld["Event"]["eventStatus"] == f"https://schema.org/Event{standing.capitalize()}"


def test_a_sample_is_marked_as_one(client):
    the_conference(is_sample=True)

    assert "This is a sample" in show(client).of_class("notice")[0]


def test_what_is_not_translated_falls_back_and_says_in_which_language(client):
    conference = the_conference(theme_zh_hans="山海相映")
    a_forum(conference, title="", title_zh_hans="开源硬件")
    a_figure(conference, 5, "other", label_zh_hans="手工营", unit_zh_hans="场")

    page = show(client)
    fallbacks = [element.text for element in page.main.xpath(".//*[@lang='zh-Hans']")]

    assert "山海相映" in fallbacks and "开源硬件" in fallbacks and "手工营" in fallbacks
    assert page.of_class("figure-value") == ["5"]
    assert not show(client, "zh-hans").main.xpath(".//*[@lang='zh-Hans']")


def test_markdown_is_shown_as_html_and_nothing_hostile_gets_through(client):
    the_conference(body_en="## Why\n\n**Because.** <script>alert(1)</script>")

    page = show(client)

    assert page.texts("//div[@class='prose']//strong") == ["Because."]
    assert not page.main.xpath(".//script")


def test_search_engines_learn_of_the_event_and_its_forums(client):
    conference = the_conference(city=a_city("Chengdu"), place_en="Jingronghui")
    a_forum(conference, "Open Hardware", slug="open-hardware")

    page = show(client)
    event = page.json_ld["Event"]

    assert (event["startDate"], event["endDate"]) == ("2023-10-28", "2023-10-29")
    assert event["location"]["name"] == "Jingronghui"
    assert [one["url"] for one in event["subEvent"]] == [
        "http://testserver/en/conferences/openconf-2023/forums/open-hardware/"
    ]
    assert [step["name"] for step in page.json_ld["BreadcrumbList"]["itemListElement"]] == [
        "Home",
        "Conferences",
        "OpenConf'23",
    ]


def test_the_other_language_is_the_same_page(client):
    the_conference()

    assert 'href="/zh-hans/conferences/openconf-2023/"' in show(client).response.content.decode()


def test_only_parts_that_have_something_to_show_are_there(client):
    the_conference()

    page = show(client)

    assert page.texts("//h2") == ["About"]


@pytest.mark.parametrize("fields", [{"published_at": None}, {"published_at": datetime(2100, 1, 1, tzinfo=SHANGHAI)}])
def test_a_draft_is_not_there(client, fields):
    the_conference(**fields)

    read(client, "conferences/openconf-2023/", status=404)


def test_a_former_address_leads_to_the_conference_and_to_its_pages(client):
    conference = the_conference()
    conference.slug = "openconf-23"
    conference.save()

    for below in ("", "forums/", "speakers/"):
        answer = client.get(f"/en/conferences/openconf-2023/{below}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/en/conferences/openconf-23/{below}")
