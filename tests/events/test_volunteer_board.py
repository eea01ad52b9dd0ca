"""The coordinator's pages: what is there to see and to do, for one's own teams and no other."""

import io
import time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook
from post_office.models import Email

from events.models import Application, Assignment, RankedRole, VolunteerCall
from events.volunteer_actions import act
from events.volunteer_board import Board
from events.volunteering import answering, merging, placing, reminding
from tests.make import a_call, a_role, a_shift, a_team, an_application, coordinates
from tests.organizers import an_administrator, an_organizer, data_of, signed_in, someone_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

PAGES = ("board", "roster", "roster-ics", "export-csv", "export-xlsx", "message", "merge")


def address(page, call, *args):
    return reverse(f"admin:volunteers-{page}", args=[call.pk, *args])


def a_coordinator(team, **fields):
    return someone_with(lambda person: coordinates(person, team, **fields))


def volunteer(role, name="Ming", **fields):
    application = answering.accept(an_application(role, name=name, **fields), role)
    placing.confirm_assignment(application.assignments.get())
    application.refresh_from_db()
    return application


def do(client, call, action, *applications, **data):
    data |= {"action": action, "chosen": [one.pk for one in applications]}
    return client.post(address("board-act", call), data, follow=True)


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


class Cast:
    """Two teams of one call, a volunteer in each, and a coordinator of the first."""

    def __init__(self):
        self.call = a_call()
        self.team, self.other_team = a_team(self.call), a_team(self.call, "Stage")
        self.role = a_role(self.team, claims_shifts=True, maximum=3)
        self.other_role = a_role(self.other_team, "Stagehand")
        self.shift = a_shift(self.role)
        self.client = signed_in(a_coordinator(self.team))


@pytest.fixture
def cast():
    return Cast()


def test_the_board_shows_need_waiting_and_holes(cast):
    volunteer(cast.role, "Ming")
    an_application(cast.role, name="Hong")
    page = cast.client.get(address("board", cast.call)).content.decode()

    assert "Ming" in page
    assert "Hong" in page
    assert "0/2" in page
    for other in PAGES:
        assert cast.client.get(address(other, cast.call)).status_code == 200, other


def test_actions_say_how_many_were_done_and_why_the_rest_was_not(cast):
    people = [an_application(cast.role, name=name) for name in ("Ming", "Hong", "Lan", "Bo")]
    answering.decline(people[1])

    said = told(do(cast.client, cast.call, "accept", *people))

    assert "3 people" in said
    assert "Hong" in said
    assert Application.objects.filter(state="accepted").count() == 3
    history = LogEntry.objects.values_list("object_repr", "change_message")
    assert len(history) == 3
    assert not any("Ming" in part for entry in history for part in entry)


def test_of_many_who_were_refused_the_first_ten_are_named(cast):
    people = [an_application(cast.role, name=f"Volunteer{number}") for number in range(15)]
    for one in people[3:]:
        answering.decline(one)

    said = told(do(cast.client, cast.call, "accept", *people))

    assert "Not done for 12 people" in said
    assert said.count("Volunteer") == 10


def test_who_is_accepted_is_taken_into_the_dearest_wish_that_has_room(cast):
    second = a_role(cast.team, "Guide")
    for name in ("A", "B", "C"):
        volunteer(cast.role, name)
    ming = an_application(cast.role, second, name="Ming")

    do(cast.client, cast.call, "accept", ming)

    assert ming.assignments.get().role == second


def test_everything_a_coordinator_can_answer(cast):
    ming, hong = an_application(cast.role, name="Ming"), an_application(cast.role, name="Hong")
    do(cast.client, cast.call, "waitlist", ming)
    do(cast.client, cast.call, "offer", ming, role=cast.role.pk)
    ming.refresh_from_db()
    assert ming.state == "offered"
    answering.accept_offer(ming)
    do(cast.client, cast.call, "offer_shift", ming, shift=cast.shift.pk)
    assert ming.assignments.get(shift=cast.shift).state == "offered"
    do(cast.client, cast.call, "decline", hong)
    do(cast.client, cast.call, "reopen", hong)
    hong.refresh_from_db()
    assert hong.state == "submitted"
    do(cast.client, cast.call, "finish", ming)
    ming.refresh_from_db()
    assert ming.state == "completed"
    assert "Choose a shift" in told(do(cast.client, cast.call, "offer_shift", ming))
    assert "Nobody" in told(do(cast.client, cast.call, "accept"))


def test_all_of_the_filter_are_answered_at_once(cast):
    for number in range(5):
        an_application(cast.role, name=f"Ming{number}", city="Wuhan" if number % 2 else "Chengdu")
    cast.client.post(address("board-act", cast.call) + "?q=wuhan", {"action": "waitlist", "all": "on"})

    assert Application.objects.filter(state="waitlisted").count() == 2


def test_of_many_who_are_answered_the_call_is_asked_for_once():
    role = a_role(maximum=9)
    call = VolunteerCall.objects.get()
    board = Board(call, an_organizer(call.conference.series))
    for name in ("Ming", "Hong", "Lan"):
        an_application(role, name=name)

    with CaptureQueriesContext(connection) as asked:
        outcome = act(board, "accept", board.listed)

    assert outcome.done == {"accept": 3}
    assert not [query for query in asked if query["sql"].startswith('SELECT "events_volunteercall"')]


def test_another_teams_volunteers_are_behind_no_door(cast):
    hers = volunteer(cast.other_role, "Secret")
    own = an_application(cast.role, name="Ming")
    place = hers.assignments.get()

    for page in PAGES:
        content = cast.client.get(address(page, cast.call)).content
        assert b"Secret" not in content, page
        if page == "export-xlsx":
            cells = [str(cell.value) for row in load_workbook(io.BytesIO(content)).active for cell in row]
            assert not any("Secret" in cell for cell in cells)
    do(cast.client, cast.call, "decline", hers)
    do(cast.client, cast.call, "accept", own, role=cast.other_role.pk)
    assert own.assignments.filter(role=cast.other_role).count() == 0
    assert cast.client.post(address("mark", cast.call, place.pk), {"mark": "here"}).status_code == 404
    merging = {"duplicate": hers.pk, "into": own.pk}
    assert cast.client.post(address("merge", cast.call), merging).status_code == 404
    for page in ("change", "history", "delete"):
        answer = cast.client.get(reverse(f"admin:events_application_{page}", args=[hers.pk]))
        assert answer.status_code in {302, 403, 404}
        assert b"Secret" not in answer.content
    assert cast.client.post(reverse("admin:application-new-link", args=[hers.pk])).status_code == 404
    assert b"Secret" not in cast.client.get(reverse("admin:events_application_changelist")).content
    place.refresh_from_db()
    assert (place.state, Application.objects.get(pk=hers.pk).state) == ("confirmed", "accepted")


def test_a_coordinator_does_not_say_no_to_who_also_wishes_another_team(cast):
    ming = an_application(cast.role, cast.other_role, name="Ming")

    assert "another team" in told(do(cast.client, cast.call, "decline", ming))
    ming.refresh_from_db()
    assert ming.state == "submitted"


def test_others_have_no_board_and_neither_has_a_former_coordinator(cast):
    outsiders = [an_organizer(a_call().conference.series), a_coordinator(a_team())]
    outsiders.append(a_coordinator(cast.team, until="2020-01-01"))
    for outsider in outsiders:
        for page in PAGES:
            assert signed_in(outsider).get(address(page, cast.call)).status_code in {302, 403, 404}
    organizer = signed_in(an_organizer(cast.call.conference.series))
    assert organizer.get(address("board", cast.call)).status_code == 200


@pytest.mark.parametrize(("given", "seen"), [(False, False), (True, True)])
def test_phone_diet_and_notes_are_seen_by_whom_organizers_let(given, seen):
    team = a_team()
    role = a_role(team)
    ming = volunteer(role, phone="13800001111", diet="no peanuts", note="afraid of heights", wechat="ming-wx")
    client = signed_in(a_coordinator(team, sees_private_answers=given))
    pages = [client.get(address(page, team.call)).content for page in ("export-csv", "roster")]
    pages.append(client.get(reverse("admin:events_application_change", args=[ming.pk])).content)

    assert (b"13800001111" in pages[0]) is seen
    assert (b"no peanuts" in pages[0]) is seen
    assert (b"13800001111" in pages[1]) is seen
    assert (b"afraid of heights" in pages[2]) is seen
    organizer = signed_in(an_organizer(team.call.conference.series))
    assert b"13800001111" in organizer.get(address("export-csv", team.call)).content


def test_a_coordinator_cannot_make_coordinators(cast):
    account = User.objects.get(pk=cast.client.session["_auth_user_id"])
    assert not account.has_perm("events.add_coordination")
    assert not account.has_perm("events.change_coordination")
    assert not account.has_perm("events.view_volunteercall")


def test_no_cell_of_an_export_is_a_formula(cast):
    volunteer(cast.role, "=HYPERLINK(1)", city="+1", email="m@example.org")
    text = cast.client.get(address("export-csv", cast.call)).content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(cast.client.get(address("export-xlsx", cast.call)).content)).active

    assert "'=HYPERLINK" in text
    assert "'+1" in text
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}
    assert sheet.cell(2, 2).value == "'=HYPERLINK(1)"


def test_a_message_is_previewed_with_its_number_and_sent_one_mail_each(cast):
    for name in ("Ming", "Hong"):
        volunteer(cast.role, name)
    volunteer(cast.other_role, "Secret")
    Email.objects.all().delete()
    words = {"subject": "Tomorrow", "text": "Bring an umbrella <3"}
    preview = cast.client.post(address("message", cast.call) + "?state=accepted", words | {"preview": ""})
    assert Email.objects.count() == 0
    assert "To 2 people" in preview.content.decode()

    cast.client.post(address("message", cast.call) + "?state=accepted", words | {"send": ""})

    assert sorted(mail.to for mail in Email.objects.all()) == [["hong@example.org"], ["ming@example.org"]]
    assert all("umbrella <3" in mail.message and "/my/v." in mail.message for mail in Email.objects.all())


def test_the_door_is_one_tap_and_each_tap_can_be_taken_back(cast):
    place = volunteer(cast.role).assignments.get()
    states = []
    for mark in ("here", "here", "not-here", "missing", "not-missing", "cancel", "nonsense"):
        cast.client.post(address("mark", cast.call, place.pk), {"mark": mark})
        place.refresh_from_db()
        states.append(place.state)

    assert states == ["checked_in", "checked_in", "confirmed", "no_show", "confirmed", "cancelled", "cancelled"]


def test_a_shift_is_cancelled_and_its_people_are_told(cast):
    ming = volunteer(cast.role)
    placing.claim_shift(ming, cast.shift)
    Email.objects.all().delete()

    cast.client.post(address("cancel-shift", cast.call), {"shift": cast.shift.pk})

    cast.shift.refresh_from_db()
    assert (cast.shift.is_cancelled, cast.shift.taken, Email.objects.count()) == (True, 0, 1)


def test_duplicates_are_found_and_merged_and_old_links_still_work(cast):
    kept = an_application(cast.role, name="Ming", email="ming@example.org")
    double = an_application(cast.role, name="Ming Li", email="mi.ng+volunteer@example.org")
    link = double.status_path()
    answering.accept(double, cast.role)
    page = cast.client.get(address("merge", cast.call)).content.decode()
    assert "mi.ng+volunteer@example.org" in page

    cast.client.post(address("merge", cast.call), {"duplicate": double.pk, "into": kept.pk})

    kept.refresh_from_db()
    double.refresh_from_db()
    assert (kept.state, kept.assignments.count(), double.name, double.email) == ("accepted", 1, "", "")
    assert "ming@example.org" in cast.client.get(link).content.decode()


def test_a_merge_that_is_refused_is_told_and_not_noted(cast):
    ming, hong = volunteer(cast.role, "Ming"), volunteer(cast.role, "Hong")
    placing.check_in(ming.assignments.get())
    before = LogEntry.objects.count()

    answer = cast.client.post(address("merge", cast.call), {"duplicate": ming.pk, "into": hong.pk}, follow=True)

    assert "Both were marked at the same place" in told(answer)
    assert LogEntry.objects.count() == before


def test_a_message_that_fails_on_its_way_goes_to_nobody(cast):
    of_no_call = Application(email="hong@example.org", language="en")
    group = [volunteer(cast.role, "Ming"), of_no_call]
    Email.objects.all().delete()

    with pytest.raises(VolunteerCall.DoesNotExist):
        reminding.write_to(group, "Tomorrow", "Bring an umbrella")

    assert not Email.objects.exists()


def test_the_page_of_a_volunteer_says_where_they_help_and_whose_it_is_once(cast):
    ming = volunteer(cast.role, "Ming")

    page = html.fromstring(cast.client.get(reverse("admin:events_application_change", args=[ming.pk])).content)

    assert page.xpath("normalize-space(//td[contains(@class, 'field-role')])") == str(cast.role)
    assert [heading.text_content() for heading in page.xpath("//h1 | //h2")].count("Ming") == 1


def test_a_link_is_handed_out_again_and_can_be_ended(cast):
    ming = an_application(cast.role, name="Ming")
    page = cast.client.get(reverse("admin:events_application_change", args=[ming.pk])).content.decode()
    assert ming.status_url in page
    assert "data:image/png;base64," in page

    asked = cast.client.get(reverse("admin:application-new-link", args=[ming.pk])).content.decode()

    assert f"One person is concerned: Ming, who signed up for “{cast.call}”" in asked
    assert cast.client.get(ming.status_path()).status_code == 200  # it was asked, and nothing done

    cast.client.post(reverse("admin:application-new-link", args=[ming.pk]))

    assert cast.client.get(ming.status_path()).status_code == 410


def test_a_link_that_ends_takes_along_those_of_an_application_that_was_merged(cast):
    ming = an_application(cast.role, name="Ming")
    again = an_application(cast.role, name="Ming", email="ming@example.net")
    merging.merge(again, ming)
    again.refresh_from_db()
    assert cast.client.get(again.status_path()).status_code == 200

    cast.client.post(reverse("admin:application-new-link", args=[ming.pk]))

    assert cast.client.get(again.status_path()).status_code == 410


@pytest.mark.parametrize(("waiting", "tab"), [(0, "Volunteers"), (2, "Volunteers 2 without an answer")])
def test_the_tab_says_what_it_counts(cast, waiting, tab):
    for number in range(waiting):
        an_application(cast.role, name=f"Ming{number}")

    page = html.fromstring(cast.client.get(address("roster", cast.call)).content)

    assert page.xpath("normalize-space(//nav[contains(@class, 'board-tabs')]//a[1])") == tab


def test_a_clash_is_named(cast):
    ming, other = volunteer(cast.role), a_shift(cast.role, hours=(11, 14))
    for shift in (cast.shift, other):  # as if the second had been moved after it was given out
        Assignment.objects.create(application=ming, role=cast.role, shift=shift, state="confirmed")

    assert "overlaps" in cast.client.get(address("board", cast.call)).content.decode()


def test_a_long_shift_clashes_with_each_that_it_reaches_over(cast):
    ming = volunteer(cast.role)
    day, early, late = (a_shift(cast.role, hours=hours) for hours in ((8, 18), (9, 10), (14, 15)))
    for shift in (day, early, late):
        Assignment.objects.create(application=ming, role=cast.role, shift=shift, state="confirmed")

    board = Board(cast.call, User.objects.get(person__coordinations__team=cast.team))

    assert [(first, second) for _who, first, second in board.clashes] == [(day, early), (day, late)]


def test_a_capacity_below_what_is_held_is_refused_with_the_names_on_the_form(cast):
    for name in ("Ming", "Hong"):
        placing.claim_shift(volunteer(cast.role, name), cast.shift)
    form = cast.client.get(reverse("admin:events_role_change", args=[cast.role.pk]))
    data = data_of(form)
    data["shifts-0-capacity"] = "1"

    answer = cast.client.post(reverse("admin:events_role_change", args=[cast.role.pk]), data)

    assert "Hong" in answer.content.decode()
    cast.shift.refresh_from_db()
    assert cast.shift.capacity == 2


def test_moving_a_shift_in_the_admin_is_one_mail_to_each_who_holds_it(cast):
    placing.claim_shift(volunteer(cast.role), cast.shift)
    Email.objects.all().delete()
    data = data_of(cast.client.get(reverse("admin:events_role_change", args=[cast.role.pk])))
    data["shifts-0-place_en"] = "Hall 2"

    cast.client.post(reverse("admin:events_role_change", args=[cast.role.pk]), data)

    assert ["Hall 2" in mail.message for mail in Email.objects.all()] == [True]


def test_the_board_takes_as_many_questions_for_a_thousand_as_for_one_and_answers_at_once(
    cast, django_assert_max_num_queries
):
    call, roles = cast.call, [cast.role, *(a_role(cast.team, f"Role {number}", maximum=500) for number in range(9))]
    for role in roles:
        a_shift(role, capacity=300)
    people = Application.objects.bulk_create(
        Application(
            call=call,
            name=f"Volunteer {number}",
            email=f"v{number}@example.org",
            email_normalised=f"v{number}@example.org",
            city="Wuhan",
            language="en",
            availability="both days",
            state="accepted" if number % 2 else "submitted",
        )
        for number in range(1000)
    )
    RankedRole.objects.bulk_create(
        RankedRole(application=one, role=roles[(number + rank) % 10], rank=rank)
        for number, one in enumerate(people)
        for rank in (1, 2, 3)
    )
    Assignment.objects.bulk_create(
        Assignment(application=one, role=roles[number % 10], shift=shift, state="confirmed")
        for number, one in enumerate(people)
        if number % 2
        for shift in (None, roles[number % 10].shifts.first())
    )
    cast.client.get(address("board", call))
    took = []
    for _time in range(3):  # a busy machine is no reason to fail
        began = time.process_time()
        with django_assert_max_num_queries(30):
            assert cast.client.get(address("board", call)).status_code == 200
        took.append(time.process_time() - began)
    assert min(took) < 0.3


@pytest.mark.parametrize("address_of", ["delete", "changelist"])
def test_whom_an_administrator_deletes_gives_back_their_place_and_leaves_no_name_behind(address_of):
    role = a_role()
    ming = volunteer(role)
    args = [ming.pk] if address_of == "delete" else []
    sent = {"post": "yes", "action": "delete_selected", "_selected_action": ming.pk}

    signed_in(an_administrator()).post(reverse(f"admin:events_application_{address_of}", args=args), sent)

    role.refresh_from_db()
    assert (Application.objects.count(), role.taken) == (0, 0)
    assert not LogEntry.objects.filter(object_repr__contains="Ming").exists()
