"""schema.org data says what is known, leaves out the rest, and cannot break out of its element."""

import json

import pytest

from portal import jsonld


def test_an_event_says_all_that_is_known():
    made = jsonld.event(
        "COSCon'23",
        url="https://portal.example/en/conferences/coscon-2023/",
        starts="2023-10-28",
        ends="2023-10-29",
        mode="hybrid",
        locations=[
            jsonld.place("Jingronghui", city="Chengdu", latitude="30.57280", longitude="104.06680"),
            jsonld.online_place("https://live.example/"),
        ],
        organizers=[jsonld.organization("KAIYUANSHE", url="https://portal.example/en/organizations/kaiyuanshe/")],
        sub_events=[jsonld.event("Main Forum", url="https://portal.example/en/f/", starts="2023-10-28")],
        offer=jsonld.offer("https://tickets.example/", free=True),
    )
    assert made["@type"] == "Event"
    assert (made["startDate"], made["endDate"]) == ("2023-10-28", "2023-10-29")
    assert made["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert made["eventStatus"] == "https://schema.org/EventScheduled"
    assert [location["@type"] for location in made["location"]] == ["Place", "VirtualLocation"]
    assert made["location"][0]["geo"]["latitude"] == 30.5728
    assert made["location"][0]["address"]["addressLocality"] == "Chengdu"
    assert made["organizer"]["name"] == "KAIYUANSHE"
    assert made["subEvent"][0]["name"] == "Main Forum"
    assert made["offers"]["price"] == 0


def test_what_is_not_known_is_left_out():
    made = jsonld.event("GOTC 2023", url="https://portal.example/en/c/", starts="2023-05")
    assert set(made) == {"@type", "name", "url", "startDate", "eventStatus", "eventAttendanceMode"}
    assert set(jsonld.place("Zhangjiang Science Hall")) == {"@type", "name"}
    assert "price" not in jsonld.offer("https://tickets.example/")
    assert set(jsonld.person("庄表伟")) == {"@type", "name"}


@pytest.mark.parametrize(("standing", "status"), [("cancelled", "EventCancelled"), ("postponed", "EventPostponed")])
def test_what_is_called_off_says_so(standing, status):
    made = jsonld.event("x", url="https://portal.example/", starts="2023-05", standing=standing)
    assert made["eventStatus"] == f"https://schema.org/{status}"


def test_a_person_has_an_employer_and_other_names():
    made = jsonld.person("Biaowei Zhuang", organization="Huawei", other_names=["庄表伟"])
    assert made["worksFor"] == {"@type": "Organization", "name": "Huawei"}
    assert made["alternateName"] == ["庄表伟"]


def test_an_article_names_its_authors_and_its_day():
    made = jsonld.article(
        "Recap", url="https://portal.example/en/news/r/", published="2023-11-01", authors=[jsonld.person("Ming")]
    )
    assert made["datePublished"] == "2023-11-01"
    assert made["author"][0]["name"] == "Ming"


def test_breadcrumbs_count_from_one():
    made = jsonld.breadcrumbs([("Home", "https://portal.example/en/"), ("News", "https://portal.example/en/news/")])
    assert [item["position"] for item in made["itemListElement"]] == [1, 2]
    assert made["itemListElement"][1]["item"] == "https://portal.example/en/news/"


def test_the_script_cannot_be_left_from_within():
    name = "</script><script>alert(1)</script><!-- & \u2028"
    text = jsonld.script(jsonld.organization(name))
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == {"@context": "https://schema.org", "@type": "Organization", "name": name}


def test_several_things_share_one_script():
    data = json.loads(jsonld.script(jsonld.organization("A"), jsonld.breadcrumbs([])))
    assert [thing["@type"] for thing in data["@graph"]] == ["Organization", "BreadcrumbList"]
