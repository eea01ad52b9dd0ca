"""Two volunteers swap shifts: what is checked, who is told, and what a second press does."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from lxml import html
from post_office.models import Email

from events.models import Assignment
from events.volunteering import answering, placing, swapping
from portal import dates
from portal.refused import Refused
from tests.make import a_call, a_role, a_shift, a_team, an_application, coordinates
from tests.organizers import signed_in, someone_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def role():
    return a_role(claims_shifts=True)


def holds(name, *shifts):
    """Make a volunteer of the shifts' roles who holds them; return the place in the first."""
    application = an_application(shifts[0].role, name=name)
    application = answering.accept(application, shifts[0].role)
    return [placing.claim_shift(application, shift) for shift in shifts][0]


def shifts_of(*places):
    return [Assignment.objects.get(pk=place.pk).shift for place in places]


def seen(place, shift):
    return f"{place.pk}-{shift.pk}"


def test_only_two_shifts_of_two_people_are_swapped(role):
    early, late, other = (a_shift(role, hours=hours) for hours in ((9, 10), (11, 12), (13, 14)))
    ming, hong, lan = holds("Ming", early, late), holds("Hong", other), holds("Lan", early)
    second = ming.application.assignments.get(shift=late)
    place = hong.application.assignments.get(shift=None)

    for pair in ((ming, second), (ming, place), (ming, lan)):
        with pytest.raises(Refused, match="two shifts of two people"):
            swapping.swap(*pair)

    assert shifts_of(ming, second, hong, lan) == [early, late, other, early]


def test_what_has_been_moved_meanwhile_is_not_swapped(role):
    early, late, other = (a_shift(role, hours=hours) for hours in ((9, 10), (11, 12), (13, 14)))
    ming, hong, lan = holds("Ming", early), holds("Hong", late), holds("Lan", other)
    before = Assignment.objects.select_related("application").get(pk=ming.pk)
    swapping.swap(ming, lan)

    with pytest.raises(Refused, match="changed in the meantime"):
        swapping.swap(before, hong)

    assert shifts_of(ming, hong, lan) == [other, late, early]


def test_each_has_the_others_shift_and_one_mail_that_says_so(role):
    early, late = a_shift(role, hours=(9, 12)), a_shift(role, hours=(13, 17), capacity=1)
    ming, hong = holds("Ming", early), holds("Hong", late)
    Email.objects.all().delete()

    swapping.swap(ming, hong)

    assert shifts_of(ming, hong) == [late, early]
    assert {Assignment.objects.get(pk=one.pk).state for one in (ming, hong)} == {"confirmed"}
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.taken, late.taken) == (1, 1)
    told = {mail.to[0]: mail.message for mail in Email.objects.all()}
    assert set(told) == {"ming@example.org", "hong@example.org"}
    theirs = dates.written_with_clock(late.span, "en")
    assert f"Instead of {early} this one is yours:\n\n{late.role}\n{theirs}\n" in told["ming@example.org"]
    assert "Hong" not in told["ming@example.org"]


def test_a_shift_of_another_role_goes_to_who_has_that_role_alone(role):
    other_role = a_role(role.team, "Stage", claims_shifts=True)
    early, stage = a_shift(role, hours=(9, 12)), a_shift(other_role, hours=(13, 17))
    ming, hong = holds("Ming", early), holds("Hong", stage)

    with pytest.raises(Refused, match="because of Ming: This shift belongs to another role"):
        swapping.swap(ming, hong)

    answering.assign(ming.application, other_role)
    answering.assign(hong.application, role)
    swapping.swap(ming, hong)
    assert Assignment.objects.get(pk=ming.pk).role == other_role


def test_shifts_that_overlap_each_other_are_swapped_and_those_that_overlap_a_third_are_not(role):
    early, noon, late = (a_shift(role, hours=hours) for hours in ((9, 12), (10, 13), (14, 17)))
    ming, hong = holds("Ming", early, late), holds("Hong", noon)
    swapping.swap(ming, hong)
    assert shifts_of(ming, hong) == [noon, early]

    long = a_shift(role, hours=(12, 15))
    third = holds("Third", long)
    ming.refresh_from_db()
    with pytest.raises(Refused, match="because of Ming: You already have a shift at that time"):
        swapping.swap(ming, third)
    assert shifts_of(ming, third) == [noon, long]


@pytest.mark.parametrize("why", ["begun", "here", "withdrawn", "the same shift", "the same person"])
def test_what_is_none_to_swap_is_refused_and_nobody_is_told(role, why):
    early, late = a_shift(role, hours=(9, 12)), a_shift(role, hours=(13, 17))
    ming, hong = holds("Ming", early), holds("Hong", early if why == "the same shift" else late)
    if why == "begun":
        type(early).objects.filter(pk=early.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    elif why == "here":
        placing.check_in(hong)
    elif why == "withdrawn":
        placing.return_assignment(hong)
    elif why == "the same person":
        hong = placing.claim_shift(ming.application, late)
    before = shifts_of(ming, hong)
    Email.objects.all().delete()

    with pytest.raises(Refused):
        swapping.swap(ming, hong)

    assert shifts_of(ming, hong) == before
    assert not Email.objects.exists()


def test_the_roster_leads_to_it_and_a_second_press_does_not_swap_back(role):
    early, late = a_shift(role, hours=(9, 12)), a_shift(role, hours=(13, 17))
    ming, hong = holds("Ming", early), holds("Hong", late)
    client = signed_in(someone_with(lambda person: coordinates(person, role.team)))
    swap, roster = (reverse(f"admin:volunteers-{page}", args=[role.team.call.pk]) for page in ("swap", "roster"))
    links = html.fromstring(client.get(roster).content).xpath(f"//a[starts-with(@href, '{swap}')]/@href")
    assert links == [f"{swap}?place={seen(hong, late)}", f"{swap}?place={seen(ming, early)}"]
    offered = html.fromstring(client.get(links[1]).content).xpath("//select[@name='other']//option/@value")
    assert offered == ["", seen(hong, late)]
    noted = LogEntry.objects.count()

    for _press in range(2):
        answer = client.post(swap, {"place": seen(ming, early), "other": seen(hong, late)}, follow=True)

    assert shifts_of(ming, hong) == [late, early]
    assert "This has changed in the meantime" in " ".join(map(str, answer.context["messages"]))
    assert LogEntry.objects.count() == noted + 2


def test_a_swap_is_undone_by_one_press(role):
    early, late = a_shift(role, hours=(9, 12)), a_shift(role, hours=(13, 17))
    ming, hong = holds("Ming", early), holds("Hong", late)
    client = signed_in(someone_with(lambda person: coordinates(person, role.team)))
    swap = reverse("admin:volunteers-swap", args=[role.team.call.pk])
    page = client.post(swap, {"place": seen(ming, early), "other": seen(hong, late)}, follow=True)
    undo = html.fromstring(page.content).xpath(f"//form[@action='{swap}']")[0]

    client.post(swap, {name: undo.fields[name] for name in ("place", "other")})

    assert shifts_of(ming, hong) == [early, late]


def test_a_coordinator_swaps_no_shift_of_another_team(role):
    other_role = a_role(a_team(role.team.call, "Stage"), "Stagehand", claims_shifts=True)
    early, stage = a_shift(role, hours=(9, 12)), a_shift(other_role, hours=(13, 17))
    ming, hong = holds("Ming", early), holds("Hong", stage)
    answering.assign(ming.application, other_role)
    answering.assign(hong.application, role)
    client = signed_in(someone_with(lambda person: coordinates(person, role.team)))

    answer = client.post(
        reverse("admin:volunteers-swap", args=[role.team.call.pk]),
        {"place": seen(ming, early), "other": seen(hong, stage)},
    )

    assert b"Choose a shift of somebody else" in answer.content
    assert shifts_of(ming, hong) == [early, stage]


def test_shifts_of_two_conferences_are_never_swapped(role):
    elsewhere = a_role(a_team(a_call()), claims_shifts=True)
    early, far = a_shift(role, hours=(9, 12)), a_shift(elsewhere, hours=(13, 17))
    ming, hong = holds("Ming", early), holds("Hong", far)

    with pytest.raises(Refused):
        swapping.swap(ming, hong)

    assert shifts_of(ming, hong) == [early, far]
