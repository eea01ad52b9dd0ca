"""The API: what is public and nothing else, as it is described, the same queries however long the list."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django.utils.translation import override
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from events.releasing import release
from meetups.models import Chapter
from portal.api.catalogue import every
from portal.api.description import description
from portal.models import Album, Article, Occasion, Organization, Person
from portal.pagecache.marking import NOBODYS, is_public
from tests.make import (
    SHANGHAI,
    a_chapter,
    a_city,
    a_conference,
    a_forum,
    a_meetup,
    a_person,
    a_photo_at_hand,
    a_room,
    a_session,
    a_venue,
    an_album,
    an_article,
    an_organization,
    produces,
    speaks,
)
from tests.organizers import an_administrator

PUBLISHABLE = [Chapter, Album, Article, Occasion, Organization, Person]

pytestmark = pytest.mark.django_db


def get(client, path, status=200, **headers):
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == status, (path, response.content)
    assert response["Access-Control-Allow-Origin"] == "*"
    return response


def results(client, path):
    return get(client, path).json()["results"]


def a_programme(number=0):
    """A conference with a forum, a session and a speaker; a meetup; an article; a photo."""
    city = a_city("Beijing")
    conference = a_conference(slug=f"openconf-{number}", city=city, title_zh_hans="开放大会")
    tidb = an_organization("TiDB")
    ming = a_person("Ming", slug=f"ming-{number}", name_zh_hans="李明", organization=tidb)
    forum = a_forum(conference, slug=f"law-{number}", venue=a_venue(conference))
    produces(ming, forum)
    room = a_room(a_venue(conference))
    session = a_session(forum=forum, room=room, starts_at=datetime(2026, 10, 24, 9, tzinfo=SHANGHAI), language="zh,en")
    speaks(ming, session, title_then_en="Engineer")
    session.materials.create(kind="slides", url="https://slides.example/1")
    a_meetup(city=city, chapters=[a_chapter(city=city)]).agenda.create(title_en="Lunch")
    article = an_article()
    article.occasions.add(conference)
    a_photo_at_hand(an_album(occasion=conference, photographer=ming, licence="CC-BY-4.0"))
    return session


def test_the_description_is_valid():
    validate(description())


@pytest.mark.parametrize("name", every())
def test_every_list_and_row_answers_as_it_is_described(client, name):
    a_programme()
    document = description()

    whole = get(client, f"{name}/").json()
    [row] = whole["results"] if len(whole["results"]) == 1 else whole["results"][:1]

    for schema, said in (
        (document["paths"][f"/{name}/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"], whole),
        ({"$ref": f"#/components/schemas/{every()[name].one}"}, get(client, f"{name}/{key_of(row)}/").json()),
    ):
        bundled = {**schema, "components": document["components"]}
        Draft202012Validator(bundled, format_checker=FormatChecker()).validate(said)
    assert row == get(client, f"{name}/{key_of(row)}/").json()


def key_of(row):
    return row.get("uuid") or row.get("id") or row["slug"]


@pytest.mark.parametrize("name", every())
def test_a_list_costs_the_same_queries_at_one_row_and_at_three(client, name, django_assert_max_num_queries):
    a_programme()
    get(client, f"{name}/")
    with django_assert_max_num_queries(12) as few:
        get(client, f"{name}/")
    for number in (1, 2):
        a_programme(number)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(results(client, f"{name}/")) >= 3


@pytest.mark.parametrize("name", every())
def test_what_is_not_public_is_not_there(client, name):
    a_programme()
    key = key_of(results(client, f"{name}/")[0])
    for model in PUBLISHABLE:
        model.objects.update(published_at=timezone.now() + timedelta(days=1))

    assert get(client, f"{name}/").json() == {"count": 0, "next": None, "previous": None, "results": []}
    get(client, f"{name}/{key}/", status=404)


def test_a_session_is_where_the_release_says(client):
    session = a_programme()
    release(session.conference, an_administrator())
    moved = datetime(2026, 10, 25, 15, tzinfo=SHANGHAI)
    type(session).objects.filter(pk=session.pk).update(starts_at=moved, room=None, title_en="A better title")

    [told] = results(client, "sessions/")

    assert (told["starts_at"], told["is_released"]) == ("2026-10-24T01:00:00Z", True)
    assert told["room"]["slug"] == session.room.slug
    assert told["title"] == {"zh-hans": None, "en": "A better title"}
    [speaker] = told["speakers"]
    assert speaker["name"] == {"zh-hans": "李明", "en": "Ming"}
    assert speaker["title"]["en"] == "Engineer"
    assert told["pages"]["zh-hans"].endswith(f"/zh-hans/conferences/openconf-0/sessions/{session.code}/")
    assert get(client, "conferences/openconf-0/").json()["version"] == "1"


def test_an_account_or_an_address_is_never_told(client):
    a_programme()
    user = an_administrator()
    Person.objects.update(user=user, entered_by=user)

    user.email = "private@example.org"
    user.save()

    whole = "".join(get(client, f"{name}/").content.decode() for name in every())

    assert "Ming" in whole
    assert user.email not in whole
    assert user.username not in whole


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("conferences/?year=2026&mode=on-site&q=开放", 1),
        ("conferences/?year=2025", 0),
        ("conferences/?starts_from=2026-10-24T00:00:00%2B08:00", 1),
        ("conferences/?starts_from=2026-10-24T00:00:01%2B08:00", 0),
        ("conferences/?city=nowhere", 0),
        ("sessions/?conference=openconf-0&forum=law-0&person=ming-0&kind=talk", 1),
        ("sessions/?person=hong", 0),
        ("forums/?conference=openconf-0", 1),
        ("people/?q=李明", 1),
        ("photos/?occasion=openconf-0", 1),
        ("articles/?kind=recap", 0),
        ("people/?q=%00", 0),
    ],
)
def test_lists_are_filtered(client, asked, count):
    a_programme()
    assert get(client, asked).json()["count"] == count


@pytest.mark.parametrize(
    "asked",
    ["?year=soon", "?year=99999999", "?page=0", "?page=x", "?per_page=101", "?mode=asleep", "?colour=red"]
    + ["?starts_from=0001-01-01T00:00:00%2B14:00", "?starts_from=yesterday", "?page=" + "9" * 5000],
)
def test_what_makes_no_sense_is_told(client, asked):
    told = get(client, f"conferences/{asked}", status=400).json()
    assert list(told["parameters"]) == [asked[1:].partition("=")[0]]


def test_a_list_comes_in_pages(client):
    for number in range(3):
        a_conference(slug=f"c-{number}", starts_at=datetime(2026, 1 + number, 1, tzinfo=SHANGHAI))

    first = get(client, "conferences/?per_page=2")
    assert [row["slug"] for row in first.json()["results"]] == ["c-2", "c-1"]
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    path = first.json()["next"].partition("/api/v1/")[2]
    assert [row["slug"] for row in results(client, path)] == ["c-0"]
    get(client, "conferences/?page=3", status=404)


def test_whoever_has_an_answer_already_is_told_so(client):
    a_programme()
    first = get(client, "sessions/")

    again = get(client, "sessions/", status=304, if_none_match=first["ETag"])

    assert again.content == b""
    a_programme(1)
    get(client, "sessions/", if_none_match=first["ETag"])


def test_answers_are_the_same_for_everybody_and_so_may_be_kept(client):
    assert is_public("/api/v1/sessions/", ["page", "forum"])
    assert not is_public("/api/v1/sessions/", ["colour"])
    response = client.get("/api/v1/conferences/", **{NOBODYS: True})
    assert "X-Fresh-Until" in response
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")


def test_other_methods_are_refused_and_a_browser_may_ask_first(client):
    assert client.post("/api/v1/people/").status_code == 405
    asked = client.options("/api/v1/people/", headers={"origin": "https://elsewhere.example"})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


NOT_THERE = [f"sessions/{UUID(int=7)}/", "people/nobody/", "people/nobody/x", "photos/0/", "nothing/"]


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_told_in_json(client, path):
    assert get(client, path, status=404).json() == {"error": "There is nothing at this address."}


def test_the_way_begins_at_the_root(client):
    told = get(client, "").json()

    assert set(told["lists"]) == set(every())
    assert get(client, "openapi.json").json()["openapi"] == "3.1.0"
    for code in ("zh-hans", "en"):
        page = client.get(told["documentation"][code].partition("8000")[2] or f"/{code}/api/")
        assert "openapi.json" in page.content.decode()


def test_people_are_told_of_the_lists_in_their_language_and_programs_in_english(client):
    page = client.get("/zh-hans/api/").content.decode()
    described = client.get("/api/v1/openapi.json", headers={"accept-language": "zh-hans"}).json()

    for name, resource in every().items():
        with override("zh-hans"):
            assert f"<p>{resource.told}</p>" in page
        with override("en"):
            assert described["paths"][f"/{name}/"]["get"]["summary"] == str(resource.told)
    assert "最近的在前" in page


@pytest.mark.parametrize("address", ["nothing/", "conferences/%0A/", "sessions/%0Ax%00/", "forums/0/", "x/%E2%80%A8/"])
def test_whatever_is_not_there_is_answered_in_json(client, address):
    response = client.get(f"/api/v1/{address}")

    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
