"""A guest's way to a seat and back, without an account and without JavaScript."""

import json
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from events.models import VolunteerCall
from portal import forgetting_seats, registering, tending
from portal.models import Desk, Registration, SignupAttempt
from portal.pagecache.moments import next_change
from tests.events.reading import Read, read
from tests.make import SHANGHAI, a_call, a_chapter, a_desk, a_meetup, a_registration
from tests.portal.seats import a_conference_ahead, address_of, filled_in, link_in, on_the_clock, seated

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "zh-hans")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", [None, a_conference_ahead], ids=["meetup", "conference"])
def test_the_whole_way_from_the_form_to_deletion(client, language, occasion):
    desk = a_desk(capacity=2, occasion=occasion and occasion(), companions=1)

    assert "no-cache" in client.get(address_of(desk, language))["Cache-Control"]
    answer = client.post(address_of(desk, language), filled_in(companions="Hong"), follow=True)
    assert answer.redirect_chain == [(f"/{language}/my/sent/?occasion={desk.occasion.pk}", 302)]
    assert Read(answer).links == [desk.occasion.get_absolute_url().replace("/zh-hans/", f"/{language}/")]

    link = link_in(Email.objects.get())
    assert client.get(link).status_code == 200
    assert Registration.objects.get().state == "unconfirmed"  # a mail scanner has opened the link
    client.post(f"{link}do/confirm/")
    assert Registration.objects.get().state == "seated"
    assert client.get(f"{link}calendar.ics").content.count(b"BEGIN:VEVENT") == 1

    assert client.post(f"{link}edit/", {"name": "Lan", "companions": ""}).status_code == 302
    desk.refresh_from_db()
    assert (Registration.objects.get().name, desk.taken) == ("Lan", 1)

    client.post(f"{link}do/release/")
    assert Registration.objects.get().state == "withdrawn"
    client.post(f"{link}do/undo/")
    assert Registration.objects.get().state == "seated"

    told = json.loads(client.get(f"{link}data.json").content)
    assert (told["email"], told["consents"][0]["withdrawn_at"]) == ("ming@example.org", None)

    assert client.get(f"{link}delete/").status_code == 200
    client.post(f"{link}delete/")
    desk.refresh_from_db()
    assert (Registration.objects.count(), Email.objects.count(), desk.taken) == (0, 0, 0)
    assert client.get(link).status_code == 410


def test_a_link_that_has_ended_says_so_and_not_whether_somebody_is_still_registered(client):
    desk = a_desk()
    replaced, erased = seated(desk), seated(desk, "Hong")
    links = [replaced.status_path("en"), erased.status_path("en")]
    replaced.revoke_links()
    forgetting_seats.delete(erased)

    pages = [read(client, link.removeprefix("/en/"), status=410) for link in links]

    assert pages[0].texts("//h1") == ["This link no longer works"] and "newest mail" in pages[0].text
    assert pages[0].text == pages[1].text
    assert "Ming" not in pages[0].text and desk.occasion.title not in pages[0].text
    assert "no-store" in pages[0].response["Cache-Control"] and "noindex" in pages[0].response["X-Robots-Tag"]


def test_a_link_that_was_cut_off_says_so(client):
    link = seated(a_desk()).status_path("en").rstrip("/")[:-3]

    page = read(client, f"{link.removeprefix('/en/')}/", status=404)

    assert page.texts("//h1") == ["This link is incomplete"]
    assert page.response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_at_the_end_of_a_way_leads_on(client, language):
    gone = client.post(f"{seated(a_desk()).status_path(language)}delete/")
    sent = client.get(f"/{language}/my/sent/")

    assert [Read(answer).links for answer in (gone, sent)] == [[f"/{language}/"]] * 2


@pytest.mark.parametrize("asked_for", ["a draft", "0", "x", "9" * 30, ""])
def test_a_mail_to_check_leads_back_to_no_occasion_that_is_not_there_to_see(client, asked_for):
    draft = a_meetup("Secret", published_at=None)

    page = read(client, f"my/sent/?occasion={asked_for.replace('a draft', str(draft.pk))}")

    assert page.links == ["/en/"] and "Secret" not in page.text


def test_the_mails_of_a_seat_say_when_and_where_it_is(client):
    begins = timezone.now() + timedelta(days=9)
    desk = a_desk(1, occasion=a_meetup(starts_at=begins, place_en="Shaohao Hall", address_en="1 Long Street"))
    ming, _hong = seated(desk, "ming"), seated(desk, "hong")
    registering.release(ming)

    told = {mail.subject: mail.message for mail in Email.objects.all()}
    title = desk.occasion.title
    for subject in (f"You have a seat: {title}", f"A seat for you: {title}"):
        assert "Shaohao Hall, 1 Long Street\n" in told[subject]
        assert f"{begins.astimezone(SHANGHAI):%H:%M}" in told[subject]
    assert "Shaohao Hall" not in told[f"You are in line: {title}"]


def test_an_offer_in_chinese_joins_as_chinese_does_and_ends_with_the_link_that_it_speaks_of(client):
    begins = timezone.now() + timedelta(days=9)
    desk = a_desk(1, occasion=a_meetup(starts_at=begins, place_zh_hans="少浩堂", address_zh_hans="长街 1 号"))
    ming, hong = seated(desk, "ming"), seated(desk, "hong", language="zh-hans")
    registering.release(ming)

    offer = Email.objects.get(to="hong@example.org", subject__startswith="有座位了").message
    assert "少浩堂，长街 1 号\n" in offer
    assert f"请在你的页面上答复：\n\n{hong.status_url}\n\n-- \n" in offer


def test_an_address_is_not_flooded_and_what_is_refused_is_not_counted(client):
    desk = a_desk(5)
    Desk.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert client.post(address_of(desk), filled_in()).status_code == 422
    assert not SignupAttempt.objects.exists()

    Desk.objects.update(closes_at=None)
    codes = [client.post(address_of(desk), filled_in()).status_code for _time in range(7)]
    assert codes == [302] * 5 + [422] * 2


def test_the_answer_is_the_same_for_a_known_address_in_another_case(client):
    desk = a_desk()
    answers = [
        client.post(address_of(desk), filled_in(email=email)) for email in ("ming@example.org", "MING@example.ORG")
    ]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert (Registration.objects.count(), Email.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"name": ""}, "Name"),
        ({"name": "x" * 5000}, "80"),
        ({"email": "nobody"}, "valid email"),
        ({"agree_run": ""}, "required"),
        ({"companions": "Hong\nLan\nBo"}, "at most"),
        ({"website": "spam"}, "must stay empty"),
        ({"answer": ""}, "What brings you?"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, wrong, word):
    desk = a_desk(companions=2, asks_question="required", question_en="What brings you?")
    answer = client.post(address_of(desk), filled_in(phone="1", answer="curiosity") | {"name": "Ming 🌻"} | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert word in page
    assert Registration.objects.count() == 0
    assert "ming@example.org" in page or "email" in wrong


def test_a_name_of_any_script_is_taken_as_it_is(client):
    client.post(address_of(a_desk()), filled_in(name="🌻 مينغ 明"))
    assert Registration.objects.get().name == "🌻 مينغ 明"


@pytest.mark.parametrize(
    ("occasion", "desk", "sentence"),
    [
        ({"standing": "cancelled"}, {}, "cancelled"),
        ({"standing": "postponed"}, {}, "postponed"),
        ({"starts_at": -1}, {}, "begun"),
        ({}, {"opens_at": 1}, "Registration opens on"),
        ({}, {"closes_at": -1}, "Registration closed on"),
    ],
)
def test_a_desk_that_is_closed_says_why(client, occasion, desk, sentence):
    now = timezone.now()
    occasion = {"starts_at": 9, **occasion}
    occasion["starts_at"] = now + timedelta(days=occasion["starts_at"])
    desk = {name: now + timedelta(days=days) for name, days in desk.items()}
    desk = a_desk(occasion=a_meetup(**occasion), **desk)

    assert sentence in client.get(address_of(desk)).content.decode()
    answer = client.post(address_of(desk), filled_in(name="🌻 مينغ"))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "🌻 مينغ" in answer.content.decode()  # what was typed is not lost
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    ("desk", "buttons", "told"),
    [
        ({}, ["Register"], ""),
        ({"opens_at": 1}, [], "Registration opens on %s."),
        ({"closes_at": -1}, [], "Registration closed on %s."),
    ],
)
def test_the_page_of_a_meetup_leads_to_the_form_while_it_takes_anybody(client, desk, buttons, told):
    now = timezone.now()
    meetup = a_meetup(starts_at=now + timedelta(days=9))
    moments = {name: now + timedelta(days=days) for name, days in desk.items()}
    a_desk(occasion=meetup, **moments)

    page = read(client, f"meetups/{meetup.slug}/")

    assert page.texts("//p[@class='hero-actions']/a") == buttons
    assert page.of_class("notice") == [told % tuple(on_the_clock(moment) for moment in moments.values())]


def test_what_ends_at_midnight_ends_on_the_day_before(client):
    tomorrow = timezone.localtime() + timedelta(days=1)
    midnight = tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
    call = a_call(closes_at=midnight)
    address = f"conferences/{call.conference.slug}/volunteer/{call.slug}/"
    day = midnight - timedelta(hours=1)
    told = f"{day:%a} {day.day} {day:%B %Y}, 24:00, China time (UTC+8)"
    assert f"Sign up until {told}." in read(client, address).text

    opens_at, closes_at = datetime(2026, 8, 1, 9, tzinfo=SHANGHAI), datetime(2026, 9, 1, tzinfo=SHANGHAI)
    VolunteerCall.objects.update(opens_at=opens_at, closes_at=closes_at)
    assert "(open from 1 August 2026 to 31 August 2026)" in read(client, address).text


def test_a_form_opened_before_the_clock_was_put_back_can_be_sent(client, monkeypatch):
    desk, now = a_desk(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)
    opened = client.get(address_of(desk)).context["form"]["opened"].value()
    monkeypatch.setattr(time, "time", lambda: now)
    refused = client.post(address_of(desk), filled_in(opened=opened))
    assert "Nothing is lost: please send it again." in refused.content.decode()

    monkeypatch.setattr(time, "time", lambda: now + 5)
    client.post(address_of(desk), filled_in(opened=refused.context["form"]["opened"].value()))

    assert Registration.objects.count() == 1


def test_a_page_that_says_when_registration_opens_changes_at_that_moment():
    noon = datetime(2026, 10, 1, 12, tzinfo=SHANGHAI)
    soon = noon + timedelta(minutes=5)
    a_desk(occasion=a_meetup(starts_at=soon + timedelta(days=9)), opens_at=soon)
    a_desk(occasion=a_meetup(starts_at=soon - timedelta(days=9)), closes_at=soon - timedelta(minutes=1))  # over

    assert next_change(noon) == soon


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_name_of_ten_megabytes_is_refused_with_a_sentence_before_it_is_read(client, content_type):
    megabytes = "x" * 10_000_000
    body = f"name={megabytes}"
    if "multipart" in content_type:
        body = f'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n{megabytes}\r\n--x--\r\n'

    answer = client.post(address_of(a_desk()), body, content_type=content_type)

    assert answer.status_code == 413
    assert "That is too much text" in answer.content.decode()
    assert "你填的都还在" in answer.content.decode()
    assert Registration.objects.count() == 0


def test_where_there_is_no_desk_there_is_no_form(client):
    meetup = a_meetup()
    for page in ("register/", "register/seats.json"):
        assert client.get(f"/en/meetups/{meetup.slug}/{page}").status_code == 404


def test_the_seats_left_are_told_apart_and_on_the_form(client):
    desk = a_desk(capacity=2)
    seated(desk)
    address = address_of(desk)

    assert client.get(f"{address}seats.json").json() == {"text": "1 seat left"}
    assert "1 seat left" in client.get(address).content.decode()
    seated(desk, "hong")
    assert "waiting list" in client.get(address).content.decode()


def test_the_status_page_tells_the_place_in_line_and_takes_a_yes_to_an_offer(client):
    desk = a_desk(capacity=1)
    ming, _hong, lan = seated(desk), seated(desk, "hong"), seated(desk, "lan")
    assert "number 2 in line" in client.get(lan.status_path()).content.decode()

    registering.release(_hong)
    client.post(f"{ming.status_path()}do/release/")
    assert "held for you until" in client.get(lan.status_path()).content.decode()
    client.post(f"{lan.status_path()}do/accept/")

    lan.refresh_from_db()
    assert lan.state == "seated"


def test_who_let_an_offer_lapse_joins_the_line_again_in_one_tap(client):
    desk = a_desk(capacity=1)
    ming, hong, lan = seated(desk), seated(desk, "hong"), seated(desk, "lan")
    registering.release(ming)
    registering.lapse_offers(desk, now=timezone.now() + timedelta(hours=25))

    assert "Join the end of the line" in client.get(hong.status_path()).content.decode()
    client.post(f"{hong.status_path()}do/undo/")

    hong.refresh_from_db()
    lan.refresh_from_db()
    assert (hong.state, lan.state) == ("waiting", "offered")


@pytest.mark.parametrize(("others", "words"), [([], "A seat is free"), (["hong"], "you can join the end of the line")])
def test_who_gave_a_seat_back_is_told_what_coming_back_leads_to(client, others, words):
    desk = a_desk(capacity=1)
    ming, *_others = [seated(desk, name) for name in ["ming", *others]]

    answer = client.post(f"{ming.status_path()}do/release/", follow=True)
    page = answer.content.decode()
    assert words in page
    assert "Undo" not in page  # nothing promises to undo what others may have taken

    client.post(f"{ming.status_path()}do/undo/")
    ming.refresh_from_db()
    assert ming.state == ("waiting" if others else "seated")
    assert "come after all" not in client.get(ming.status_path()).content.decode()


def test_who_took_a_request_back_is_told_that_it_is_answered_anew(client):
    ming = a_registration(a_desk(capacity=1, acceptance="approval"), state="withdrawn")
    assert "you can ask again" in client.get(ming.status_path()).content.decode()


def test_another_companion_needs_a_free_seat_and_the_reason_is_told(client):
    desk = a_desk(capacity=1, companions=1)
    ming = seated(desk)

    answer = client.post(f"{ming.status_path()}edit/", {"name": "Ming", "companions": "Hong"})

    assert "no free seat" in answer.content.decode()
    ming.refresh_from_db()
    assert ming.companions == []


def test_after_the_retention_names_answers_links_and_mails_are_gone_and_the_counts_stay(client):
    desk = a_desk(companions=2, retention_days=30)
    ming = seated(desk, phone="1", organization="Open Body", answer="curious", companions=["Hong", "Lan"])
    link = ming.status_path()
    after = desk.occasion.over_at + timedelta(days=30)
    assert not forgetting_seats.due_for_erasure(after - timedelta(minutes=1)).exists()

    list(tending.tend(after))

    ming.refresh_from_db()
    assert (ming.name, ming.email, ming.email_normalised, ming.phone, ming.organization, ming.answer) == ("",) * 6
    assert (ming.state, ming.seats, ming.companions) == ("seated", 3, ["", ""])
    assert not Email.objects.exists()
    assert client.get(link).status_code == 410


def test_who_never_confirmed_is_deleted_after_three_days():
    desk = a_desk()
    a_registration(desk)

    list(tending.tend(timezone.now() + timedelta(hours=71)))
    assert Registration.objects.count() == 1
    list(tending.tend(timezone.now() + timedelta(hours=73)))
    assert Registration.objects.count() == 0


def test_nothing_of_the_form_or_the_seats_is_kept_in_the_page_cache(client):
    desk = a_desk(occasion=a_meetup(starts_at=timezone.now() + timedelta(days=9), chapters=[a_chapter()]))
    for page in ("", "seats.json"):
        answer = client.get(f"{address_of(desk)}{page}")
        assert "X-Fresh-Until" not in answer
        assert "no-store" in answer["Cache-Control"]
