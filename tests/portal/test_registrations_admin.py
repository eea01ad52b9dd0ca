"""The organizers' side of seats: the desk, the list, the door. Leads see their own chapter's and nobody else's."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from portal import registering
from portal.admin.registrations import RegistrationAdmin
from portal.models import Desk, Registration
from tests.make import a_chapter, a_desk, a_meetup, a_role, an_application
from tests.organizers import a_lead, an_administrator, data_of, signed_in
from tests.portal.seats import seated

pytestmark = pytest.mark.django_db

LIST = "/admin/portal/registration/"
JSON = {"HTTP_ACCEPT": "application/json"}


def a_desk_of(chapter, capacity=None, **fields):
    meetup = a_meetup(chapters=[chapter], starts_at=timezone.now() + timedelta(days=9))
    return a_desk(capacity=capacity, occasion=meetup, **fields)


@pytest.fixture
def chapter():
    return a_chapter()


@pytest.fixture
def lead(chapter):
    client = signed_in(a_lead(chapter))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def stranger():
    return signed_in(a_lead(a_chapter("KCC Guangzhou")))


def chosen(action, *registrations):
    return {"action": action, ACTION_CHECKBOX_NAME: [one.pk for one in registrations]}


def test_a_lead_answers_requests_in_bulk(chapter, lead):
    desk = a_desk_of(chapter, acceptance="approval", capacity=1)
    ming, hong, lan = (seated(desk, name) for name in ("ming", "hong", "lan"))

    lead.post(LIST, chosen("approve", ming, hong))
    lead.post(LIST, chosen("decline", lan))

    states = [one.state for one in Registration.objects.order_by("pk")]
    assert states == ["seated", "waiting", "declined"]


def test_an_action_that_a_state_does_not_allow_names_of_whom_it_was_refused(chapter, lead):
    desk = a_desk_of(chapter, acceptance="approval")
    ming, hong = seated(desk, "ming"), registering.release(seated(desk, "hong"))

    page = lead.post(LIST, chosen("approve", ming, hong), follow=True)

    told = [str(message) for message in page.context["messages"]]
    assert told == ["Done for 1 registration.", "Their state does not allow it: hong"]
    assert [one.state for one in Registration.objects.order_by("pk")] == ["seated", "withdrawn"]


def test_who_keeps_the_door_without_a_script_is_told_why_it_was_not_done(chapter, lead):
    desk = a_desk_of(chapter, capacity=1)
    seated(desk)

    page = lead.post(reverse("admin:door-walk-in", args=[desk.pk]), {"name": "Bo"}, follow=True)

    assert page.redirect_chain == [(reverse("admin:door", args=[desk.pk]), 302)]
    assert "All seats are held." in page.content.decode()


def test_lists_and_forms_say_states_in_words(chapter, lead):
    ming = seated(a_desk_of(chapter, acceptance="approval"), "ming")
    application = an_application(a_role())

    for client, row, word in (
        (lead, ming, "waits for an answer"),
        (signed_in(an_administrator()), application, "waits for an answer"),
    ):
        listed = f"/admin/{row._meta.app_label}/{row._meta.model_name}/"
        for address in (f"{listed}?state={row.state}", f"{listed}{row.pk}/change/"):
            shown = html.fromstring(client.get(address, headers={"accept-language": "en"}).content)
            words = shown.xpath("string(//*[contains(@class, 'field-standing')])")
            assert (word in words, row.state in words.split()) == (True, False), address


def test_the_list_tells_places_in_line_and_asks_as_often_for_three_as_for_one(chapter, lead, django_assert_num_queries):
    desk = a_desk_of(chapter, capacity=1)
    seated(desk, "ming"), seated(desk, "hong")
    with CaptureQueriesContext(connection) as for_one:
        lead.get(LIST)
    seated(desk, "lan"), seated(desk, "tao")

    with django_assert_num_queries(len(for_one)):
        rows = lead.get(LIST).context["cl"].result_list

    places = {row.name: RegistrationAdmin.place(None, row) for row in rows}
    assert places == {"ming": "", "hong": 1, "lan": 2, "tao": 3}


def test_the_table_holds_no_formulas_and_what_was_asked(chapter, lead):
    desk = a_desk_of(chapter)
    ming = seated(desk, "=1+1", email="ming@example.org", organization="@SUM(A1)")

    text = lead.post(LIST, chosen("export_csv", ming)).content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert "'@SUM(A1)" in text
    assert lead.post(LIST, chosen("export_xlsx", ming)).content[:2] == b"PK"
    assert "=1+1" in lead.post(LIST, chosen("printed", ming)).content.decode()


def test_a_list_on_paper_says_of_which_event_it_is(chapter, lead):
    ahead = {"chapters": [chapter], "starts_at": timezone.now() + timedelta(days=9)}
    lunch, dinner = (a_desk(occasion=a_meetup(title, **ahead)) for title in ("Open lunch", "Open dinner"))
    guests = [seated(lunch), seated(dinner, "Hong")]

    page = html.fromstring(lead.post(LIST, chosen("printed", *guests)).content.decode())

    events = [caption.text.partition(" · ")[0] for caption in page.iter("caption")]
    assert events == ["Open lunch", "Open dinner"]
    assert [table.xpath("string(.//td[2])") for table in page.iter("table")] == ["Ming", "Hong"]


def test_every_door_to_registrations_of_another_chapter_is_closed(chapter, stranger):
    desk = a_desk_of(chapter, acceptance="approval")
    ming = seated(desk)
    name = "Ming"

    assert name not in stranger.get(LIST).content.decode()
    assert stranger.get(f"{LIST}{ming.pk}/change/").status_code == 404
    assert stranger.get(reverse("admin:door", args=[desk.pk])).status_code == 404
    assert stranger.post(reverse("admin:door-mark", args=[desk.pk, ming.pk]), {"mark": "here"}).status_code == 404
    assert stranger.post(reverse("admin:door-walk-in", args=[desk.pk]), {"name": "Bo"}).status_code == 404
    for action in ("approve", "decline", "release"):
        stranger.post(LIST, chosen(action, ming))
    assert name not in stranger.post(LIST, chosen("export_csv", ming)).content.decode("utf-8", "ignore")
    ming.refresh_from_db()
    assert (ming.state, Registration.objects.count()) == ("requested", 1)


def test_a_tap_at_the_door_may_come_twice_and_from_two_phones(chapter, lead):
    desk = a_desk_of(chapter)
    ming = seated(desk)
    address = reverse("admin:door-mark", args=[desk.pk, ming.pk])

    for _phone in range(2):
        assert lead.post(address, {"mark": "here"}, **JSON).json() == {"pk": ming.pk, "here": True}
    first = Registration.objects.get().checked_in_at
    assert lead.post(address, {"mark": "not-here"}, **JSON).json() == {"pk": ming.pk, "here": False}
    assert first
    assert Registration.objects.get().checked_in_at is None
    assert lead.post(address, {"mark": "here"}).status_code == 302  # without JavaScript


def test_a_second_phone_learns_who_is_here(chapter, lead):
    desk = a_desk_of(chapter)
    ming, hong = seated(desk), seated(desk, "hong")
    registering.check_in(ming)

    told = lead.get(reverse("admin:door-state", args=[desk.pk])).json()

    assert told["here"] == [ming.pk]
    assert set(told["all"]) == {ming.pk, hong.pk}


def test_who_has_no_seat_is_told_so_and_not_let_in(chapter, lead):
    desk = a_desk_of(chapter, capacity=1)
    seated(desk)
    hong = seated(desk, "hong")

    answer = lead.post(reverse("admin:door-mark", args=[desk.pk, hong.pk]), {"mark": "here"}, **JSON)

    assert (answer.status_code, "no seat" in answer.json()["reason"]) == (409, True)


def test_a_walk_in_takes_a_free_seat_once_and_none_where_all_are_held(chapter, lead):
    desk = a_desk_of(chapter, capacity=1)
    address = reverse("admin:door-walk-in", args=[desk.pk])

    bo = {"name": "Bo", "email": "", "key": str(uuid4())}
    for _resent in range(2):
        assert lead.post(address, bo, **JSON).json()["here"] is True
    answer = lead.post(address, {"name": "Lan", "email": "", "key": str(uuid4())}, **JSON)

    desk.refresh_from_db()
    assert (Registration.objects.count(), desk.taken, answer.status_code) == (1, 1, 409)
    assert Registration.objects.get().is_walk_in


def test_two_walk_ins_of_one_name_are_two(chapter, lead):
    desk = a_desk_of(chapter)
    address = reverse("admin:door-walk-in", args=[desk.pk])

    for _person in range(2):
        form = lead.get(reverse("admin:door", args=[desk.pk])).context["form"]
        lead.post(address, {"name": "Li Wei", "key": form["key"].value()})

    desk.refresh_from_db()
    assert ([one.name for one in Registration.objects.all()], desk.taken) == (["Li Wei", "Li Wei"], 2)


def test_the_key_of_a_walk_in_is_known_at_its_own_door_alone(chapter, lead):
    bo = {"name": "Bo", "key": str(uuid4())}

    for desk in (a_desk_of(chapter), a_desk_of(chapter)):
        assert lead.post(reverse("admin:door-walk-in", args=[desk.pk]), bo, **JSON).json()["here"] is True

    assert Registration.objects.count() == 2


def test_a_walk_in_that_is_sent_again_after_an_undo_stays_undone(chapter, lead):
    desk = a_desk_of(chapter)
    address, bo = reverse("admin:door-walk-in", args=[desk.pk]), {"name": "Bo", "key": str(uuid4())}
    pk = lead.post(address, bo, **JSON).json()["pk"]
    lead.post(reverse("admin:door-mark", args=[desk.pk, pk]), {"mark": "not-here"}, **JSON)

    assert lead.post(address, bo, **JSON).json() == {"pk": pk, "here": False}


def test_a_walk_in_who_is_registered_is_checked_in_instead(chapter, lead):
    desk = a_desk_of(chapter)
    ming = seated(desk)

    lead.post(reverse("admin:door-walk-in", args=[desk.pk]), {"name": "M.", "email": "MING@example.org"}, **JSON)

    ming.refresh_from_db()
    assert (Registration.objects.count(), ming.checked_in_at is not None) == (1, True)


def test_the_door_lists_who_has_a_seat_and_marks_whose_code_was_scanned(
    chapter, lead, page_store, django_assert_max_num_queries
):
    desk = a_desk_of(chapter, capacity=30)
    guests = [seated(desk, f"guest{number}") for number in range(31)]
    lead.get(reverse("admin:index"))  # whatever was asked before: what all pages share is known by then

    with django_assert_max_num_queries(14):
        page = lead.get(f"{reverse('admin:door', args=[desk.pk])}?who={guests[0].pk}").content.decode()

    assert page.count('class="guest') == 30
    assert page.count("is-scanned") == 1


def test_the_status_page_leads_organizers_to_the_door(chapter, lead, client):
    desk = a_desk_of(chapter)
    ming = seated(desk)
    door = f"{reverse('admin:door', args=[desk.pk])}?who={ming.pk}"

    assert door in lead.get(ming.status_path()).content.decode()
    assert door not in client.get(ming.status_path()).content.decode()


def test_fewer_seats_than_are_held_are_refused_with_a_sentence_and_more_are_offered(chapter, lead):
    desk = a_desk_of(chapter, capacity=2)
    seated(desk)
    seated(desk, "hong")
    lan = seated(desk, "lan")
    address = reverse("admin:meetups_meetup_change", args=[desk.pk])

    def save(capacity):
        return lead.post(address, data_of(lead.get(address)) | {"desk-0-capacity": capacity})

    assert "2 seats are held" in save("1").content.decode()
    assert "2 seats are held" in save("0").content.decode()
    assert save("-1").status_code == 200
    assert Desk.objects.get().capacity == 2
    assert save("3").status_code == 302
    lan.refresh_from_db()
    assert (Desk.objects.get().capacity, lan.state) == (3, "offered")


def test_a_desk_has_one_seat_or_more(chapter, lead):
    desk = a_desk_of(chapter, capacity=2)
    address = reverse("admin:meetups_meetup_change", args=[desk.pk])

    page = lead.post(address, data_of(lead.get(address)) | {"desk-0-capacity": "0"}).content.decode()

    assert "errorlist" in page
    assert Desk.objects.get().capacity == 2


def test_a_form_that_was_open_for_long_leaves_the_counts_alone():
    desk = a_desk(capacity=5)
    seated(Desk.objects.get())

    desk.question_en = "Why?"
    desk.save()

    desk.refresh_from_db()
    assert (desk.taken, desk.question_en) == (1, "Why?")
    assert json.dumps(desk.told) == "{}"


def test_who_moves_a_meetup_tells_its_guests(chapter, lead):
    desk = a_desk_of(chapter)
    registering.request_seat(desk, name="Ming", email="ming@example.org", language="en")
    registering.confirm(Registration.objects.get())
    address = reverse("admin:meetups_meetup_change", args=[desk.pk])

    page = lead.post(address, data_of(lead.get(address)) | {"place_en": "Library"}, follow=True).content.decode()

    assert "1 guest is notified of the change" in page
