"""A stand at the bazaar: the call, the form, the answer in the admin, the place in the public list."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from events import exhibiting
from events.models import Booth, BoothApplication
from portal import signup_forms
from portal.models.signups import IllegalMove
from portal.refused import Refused
from tests.events.reading import Read
from tests.make import a_booth_application, a_booth_call, a_venue, an_organization
from tests.organizers import a_producer, an_organizer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TOLD = {
    "title_en": "Stickers",
    "summary_en": "Stickers of everything.",
    "needs": "One table.",
    "phone": "13900001111",
    "name": "Hong",
    "email": "hong@example.org",
    "agree_run": "on",
    "agree_publish": "on",
}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(signup_forms, "FASTEST", 0)


def apply(client, call, **changes):
    path = call.get_absolute_url()
    opened = client.get(path).context["form"].initial["opened"]
    return client.post(path, {**TOLD, **changes, "opened": opened})


def list_of(call):
    return reverse("booths", args=[call.conference.slug])


def answer(application, do, **data):
    client = signed_in(an_organizer(application.call.conference.series))
    path = reverse("admin:boothapplication-answer", args=[application.pk])
    return client.post(path, {"do": do, **data}, follow=True)


def test_an_open_call_stands_on_the_list_and_leads_to_the_form(client):
    call = a_booth_call(body_en="Six metres of **table**.")

    page = client.get(list_of(call)).content.decode()
    assert call.get_absolute_url() in page
    assert "<strong>table</strong>" in page
    apply(client, call)

    application = BoothApplication.objects.get()
    assert (application.state, application.needs, application.call) == ("unconfirmed", "One table.", call)
    client.post(reverse("my-act", args=[application.token, "confirm"]))
    application.refresh_from_db()
    assert application.state == "submitted"


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("en", "Of the community, project or company. One language is enough."),
        ("zh-hans", "社区、项目或公司的名称。 填一种语言即可。"),
    ],
)
def test_what_the_name_is_to_be_stands_with_the_one_that_is_read_first(client, language, hint):
    call = a_booth_call()

    answer = client.get(f"/{language}/conferences/{call.conference.slug}/booths/apply/{call.kind}/")

    assert [field.help_text for field in answer.context["form"].texts()][:2] == [hint, ""]


def test_who_is_known_gets_their_link_again_and_a_stranger_learns_nothing(client):
    call = a_booth_call()

    answers = [apply(client, call), apply(client, call, email="HONG@example.org")]

    sent = reverse("check-your-mail", query={"occasion": call.conference.pk})
    assert [answer.url for answer in answers] == [sent] * 2
    assert BoothApplication.objects.count() == 1
    assert Email.objects.count() == 2


def test_an_acceptance_puts_the_stand_with_its_place_into_the_public_list(client):
    application = a_booth_application()
    house = an_organization("Stickers")
    venue = a_venue(application.call.conference, "Lawn")

    for _time in range(2):
        answer(application, "accept", venue=venue.pk, spot="A12", answer="Bring a cloth.")

    booth = Booth.objects.get()
    assert (booth.organization, booth.venue, booth.spot, booth.kind) == (house, venue, "A12", "bazaar")
    page = client.get(list_of(application.call)).content.decode()
    assert "A12" in page
    assert "Lawn" in page
    assert "13900001111" not in page
    assert [mail.subject for mail in Email.objects.all()] == ["Accepted: Stickers"]
    assert "A12" in client.get(application.status_path()).content.decode()


def test_another_place_moves_the_stand_and_writes_no_mail():
    application = a_booth_application()
    answer(application, "accept", spot="A12")

    answer(application, "place", spot="B1")

    assert Booth.objects.get().spot == "B1"
    assert Email.objects.count() == 1


@pytest.mark.usefixtures("in_english")
def test_a_spot_that_another_stand_has_is_refused_in_words():
    application = a_booth_application()
    exhibiting.accept(application, spot="A12")
    other = a_booth_application(application.call, title="Tea", name="Ming")

    with pytest.raises(Refused, match="A12 is already the spot of “Stickers”"):
        exhibiting.accept(other, spot="A12")

    other.refresh_from_db()
    assert (other.state, Booth.objects.count()) == ("submitted", 1)


def withdrawn_from(application, spot, venue=None):
    exhibiting.come(exhibiting.accept(application, venue, spot))
    return exhibiting.withdraw(application)


def test_who_withdraws_leaves_the_list_and_comes_back_to_the_place_that_is_still_free(client):
    application = a_booth_application()
    venue = a_venue(application.call.conference, "Lawn")
    withdrawn_from(application, "A12", venue)
    assert not Booth.objects.exists()

    client.post(reverse("my-act", args=[application.token, "undo"]))

    application.refresh_from_db()
    assert (application.state, application.booth.venue, application.booth.spot) == ("accepted", venue, "A12")
    assert application.title in client.get(list_of(application.call)).content.decode()


@pytest.mark.parametrize("spot", ["A12", ""])
def test_a_place_that_went_to_others_meanwhile_needs_a_new_answer(client, spot):
    application = withdrawn_from(a_booth_application(), spot)
    exhibiting.accept(a_booth_application(application.call, name="Ming"), spot=spot.lower())

    client.post(reverse("my-act", args=[application.token, "undo"]))

    application.refresh_from_db()
    assert (application.state, application.booth) == ("submitted", None)


def test_who_withdrew_before_an_answer_comes_back_to_wait_for_it(client):
    application = exhibiting.withdraw(a_booth_application())

    client.post(reverse("my-act", args=[application.token, "undo"]))

    application.refresh_from_db()
    assert (application.state, Booth.objects.count()) == ("submitted", 0)


def test_who_has_applied_anew_cannot_undo_nor_be_asked_back_as_who_they_were(client):
    call = a_booth_call()
    withdrawn, declined = (a_booth_application(call, state=state) for state in ("withdrawn", "declined"))
    newer = a_booth_application(call)

    page = client.post(reverse("my-act", args=[withdrawn.token, "undo"]), follow=True)
    answer(declined, "reopen")

    assert "You have applied again in the meantime" in page.content.decode()
    assert list(BoothApplication.objects.order_by("pk").values_list("state", flat=True)) == [
        "withdrawn",
        "declined",
        "submitted",
    ]
    exhibiting.withdraw(newer)
    client.post(reverse("my-act", args=[withdrawn.token, "undo"]))
    withdrawn.refresh_from_db()
    assert withdrawn.state == "submitted"


def test_who_has_withdrawn_is_not_accepted_from_a_page_that_was_opened_before():
    application = exhibiting.withdraw(a_booth_application())

    with pytest.raises(IllegalMove):
        exhibiting.accept(application)

    assert not Booth.objects.exists()


def test_what_was_told_is_changed_until_it_is_decided(client):
    application = a_booth_application()
    path = reverse("my-edit", args=[application.token])

    client.post(path, {**TOLD, "title_en": "Patches"})
    application.refresh_from_db()
    assert application.title == "Patches"
    exhibiting.accept(application)
    client.post(path, {**TOLD, "title_en": "Knives"})

    application.refresh_from_db()
    assert application.title == "Patches"


def test_declining_and_waiting_are_told_by_mail():
    application = a_booth_application()

    for do in ("wait", "decline", "reopen"):
        answer(application, do)

    subjects = [mail.subject for mail in Email.objects.order_by("pk")]
    assert subjects == ["On the waiting list: Stickers", "Not this time: Stickers", "Received: Stickers"]


def test_a_producer_and_another_conference_have_no_part_in_it(client):
    application = a_booth_application()
    for outsider in (
        a_producer(application.call.conference.forums.create(slug="f", title_en="F")),
        an_organizer(a_booth_call().conference.series),
    ):
        path = reverse("admin:boothapplication-answer", args=[application.pk])
        assert signed_in(outsider).post(path, {"do": "accept"}).status_code == 404
    application.refresh_from_db()
    assert application.state == "submitted"


def test_an_address_does_not_flood_whoever_gives_out_booths(client):
    call = a_booth_call()

    codes = [apply(client, call).status_code for _time in range(7)]

    assert codes == [302] * 5 + [422] * 2


def test_what_is_wrong_is_told_in_the_order_of_the_page(client):
    call = a_booth_call()
    path = reverse("booth-apply", args=[call.conference.slug, call.kind])
    opened = client.get(path).context["form"].initial["opened"]

    page = client.post(path, {"opened": opened}).content.decode()

    told = re.findall(r'<li><a href="#id_(\w+)"', page)
    assert told == ["title_en", "summary_en", "name", "email", "agree_run", "agree_publish"]


def test_what_is_sent_to_a_closed_call_is_told_again_with_a_way_on(client):
    call = a_booth_call(closes_at=timezone.now() - timedelta(minutes=1))

    page = Read(client.post(call.get_absolute_url(), TOLD | {"needs": "One table, two chairs."}))

    assert page.response.status_code == 422
    assert "One table, two chairs." in page.texts("//dd")
    assert call.conference.get_absolute_url() in page.links
    assert not BoothApplication.objects.exists()
