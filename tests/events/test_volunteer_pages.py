"""The volunteer's way through the pages, without an account and without JavaScript."""

import json
import re
from datetime import datetime, timedelta

import pypdfium2
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from post_office.models import Email

from events.models import Application, Certificate, PublicCredit
from events.volunteering import answering, placing, thanking
from portal import signup_forms
from portal.models import Community, SignupAttempt
from portal.pagecache.marking import NOBODYS
from tests.codes import codes_in, codes_on_paper
from tests.events.reading import Read
from tests.make import SHANGHAI, a_call, a_conference, a_role, a_shift, a_team, an_application
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LANGUAGES = ("en", "zh-hans")


def test_a_call_tells_its_end_by_the_clock_of_its_conference(client):
    closes = timezone.now().replace(hour=22, minute=30) + timedelta(days=9)
    begins = closes + timedelta(days=30)
    conference = a_conference(starts_at=begins, ends_at=begins + timedelta(days=2), time_zone="Pacific/Honolulu")
    call = a_call(conference, closes_at=closes)

    pages = [f"/en/conferences/{conference.slug}/volunteer/", f"/en{call.get_absolute_url()[3:]}"]
    assert [f"{closes:%Y}, 12:30" in client.get(page).content.decode() for page in pages] == [True, True]


def filled_in(role, /, **changes):
    """What a browser sends from the form, opened a minute ago."""
    opened = signing.TimestampSigner(salt=signup_forms.SALT)
    opened.timestamp = lambda: signing.b62_encode(int((timezone.now() - timedelta(minutes=1)).timestamp()))
    data = {
        "name": "Ming",
        "email": "ming@example.org",
        "city": "Chengdu",
        "role": role.pk,
        "availability": "both days",
        "agree_run": "on",
        "opened": opened.sign("opened"),
    }
    return data | changes


def apply_address(role, language="en"):
    call = role.team.call
    return f"/{language}/conferences/{call.conference.slug}/volunteer/{call.slug}/apply/"


def link_in(mail):
    return re.search(r"http://testserver(/\S+)", mail.message)[1]


def volunteer(role, **fields):
    application = answering.accept(an_application(role, **fields), role)
    placing.confirm_assignment(application.assignments.get())
    application.refresh_from_db()
    return application


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_from_the_call_to_deletion(client, language):
    role = a_role(claims_shifts=True, acceptance="instant", lead_name="Hong", lead_contact="+86 1")
    shift, call = a_shift(role), role.team.call
    for path in ("", f"{call.slug}/", f"{call.slug}/{role.slug}/", f"{call.slug}/{role.slug}/qr.png"):
        address = f"/{language}/conferences/{call.conference.slug}/volunteer/{path}"
        answer = client.get(address, **{NOBODYS: True})
        assert answer.status_code == 200
        assert "X-Fresh-Until" in answer

    assert "no-cache" in client.get(apply_address(role, language))["Cache-Control"]
    answer = client.post(apply_address(role, language), filled_in(role), follow=True)
    assert answer.redirect_chain == [(f"/{language}/my/sent/?occasion={call.conference.pk}", 302)]
    assert f'href="/{language}/conferences/{call.conference.slug}/"' in answer.content.decode()

    link = link_in(Email.objects.get())
    assert client.get(link).status_code == 200
    assert Application.objects.get().state == "unconfirmed"  # a mail scanner has opened the link
    client.post(f"{link}do/confirm/")
    assert Application.objects.get().state == "accepted"

    page = client.get(link).content.decode()
    assert "Hong" in page
    # Of several buttons that are alike, each says by itself which hours it is for.
    assert re.search(r"<button[^>]*>[^<]+<span[^>]*> · [^<]*09:00–12:00</span></button>", page)
    client.post(f"{link}do/claim/", {"shift": shift.pk})
    calendar = client.get(f"{link}calendar.ics")
    assert (calendar["Content-Type"], calendar.content.count(b"BEGIN:VEVENT")) == ("text/calendar; charset=utf-8", 1)

    client.post(f"{link}do/withdraw/")
    assert Application.objects.get().state == "withdrawn"
    client.post(f"{link}do/undo/")
    assert Application.objects.get().assignments.live().count() == 2

    told = json.loads(client.get(f"{link}data.json").content)
    assert (told["email"], len(told["places"]), told["consents"][0]["withdrawn_at"]) == ("ming@example.org", 2, None)

    assert client.get(f"{link}delete/").status_code == 200
    client.post(f"{link}delete/")
    assert (Application.objects.count(), Email.objects.count()) == (0, 0)
    assert client.get(link).status_code == 410


def test_the_answer_to_a_form_is_the_same_for_a_known_address(client):
    role = a_role()
    an_application(role, name="Ming")
    answers = []
    for email in ("ming@example.org", "nobody@example.org"):
        answer = client.post(apply_address(role), filled_in(role, email=email), follow=True)
        answers.append((answer.redirect_chain, re.sub(r"csrf\S+", "", answer.content.decode())))

    assert answers[0] == answers[1]
    assert Application.objects.count() == 2


def test_a_failed_form_keeps_what_was_typed_and_says_beside_each_field_what_to_mend(client):
    role = a_role(a_team(a_call(asks_phone="required", asks_diet="optional")), minimum_age=18)
    answer = client.post(apply_address(role), filled_in(role, email="no address", note="left-handed"))

    page, form = answer.content.decode(), answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"email", "phone", "age_band"}
    assert "left-handed" in page
    assert 'href="#id_email"' in page
    assert page.count('class="errorlist"') >= 3
    assert Application.objects.count() == 0


@pytest.mark.parametrize(("age_band", "sound"), [("18+", True), ("14-17", False), ("0-13", False), ("", False)])
def test_age_is_asked_only_where_a_role_has_a_least_one(client, age_band, sound):
    role = a_role(minimum_age=18)
    client.post(apply_address(role), filled_in(role, age_band=age_band))
    assert Application.objects.exists() is sound


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "https://spam.example"},
        {"opened": ""},
        {"opened": "forged:1:abc"},
        {"opened": signing.TimestampSigner(salt=signup_forms.SALT).sign("opened")},
        {"agree_run": ""},
        {"role": "999999"},
        {"name": "x" * 81},
    ],
)
def test_what_no_person_sends_is_refused_in_words(client, changes):
    role = a_role()
    if changes.get("opened", "").startswith("opened"):
        changes = {"opened": signing.TimestampSigner(salt=signup_forms.SALT).sign("opened")}
    answer = client.post(apply_address(role), filled_in(role, **changes))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert (Application.objects.count(), Email.objects.count()) == (0, 0)


def test_an_address_is_not_flooded_and_no_digest_names_it(client):
    role = a_role()
    codes = [client.post(apply_address(role), filled_in(role)).status_code for _time in range(7)]

    assert codes == [302] * 5 + [422] * 2
    assert not SignupAttempt.objects.filter(key__contains="ming").exists()


def test_a_form_sent_to_a_closed_call_is_told_so(client):
    role = a_role()
    type(role.team.call).objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    answer = client.post(apply_address(role), filled_in(role, availability="Both days, with my 🚲"))

    assert (answer.status_code, Application.objects.count()) == (422, 0)
    page = Read(answer)
    assert page.texts("//p[@class='buttons']/a") == ["Details", "What else is coming up"]
    told = page.texts("//dd")
    assert "Both days, with my 🚲" in told  # what was typed is not lost
    assert any(text.startswith(role.name) for text in told)


def test_the_pages_behind_a_link_are_kept_nowhere_and_name_their_address_to_nobody():
    client = Client(enforce_csrf_checks=True)
    application = volunteer(a_role())
    link = application.status_path()
    for path in ("", "edit/", "delete/", "data.json", "calendar.ics"):
        answer = client.get(link + path)
        assert answer.status_code == 200, path
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
        assert "no-store" in answer["Cache-Control"]
        assert "X-Fresh-Until" not in answer
    # With that policy browsers send `Origin: null`, and the link is the authority.
    assert client.post(f"{link}do/withdraw/", headers={"origin": "null"}).status_code == 302
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_an_altered_an_old_and_a_rotated_link_lead_nowhere(client, settings):
    application = volunteer(a_role())
    link, token = application.status_path(), application.token

    altered = token[:-1] + ("a" if token[-1] != "a" else "b")
    for wrong in (altered, token.replace("v.", "r.", 1), token.upper(), token + "a", token.split(".")[1]):
        for page in ("", "edit/", "delete/", "data.json", "calendar.ics", "certificate.pdf"):
            assert client.get(f"/en/my/{wrong}/{page}").status_code == 404
        assert client.post(f"/en/my/{wrong}/do/withdraw/").status_code == 404

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert client.get(link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404
    link = application.status_path()
    application.revoke_links()
    assert client.get(link).status_code == 410
    assert client.get(application.status_path()).status_code == 200


def test_nobody_reaches_the_places_of_another_by_number(client):
    role = a_role(claims_shifts=True)
    ming, hong = volunteer(role), volunteer(role, name="Hong")
    elsewhere = a_shift()

    for verb, data in (("no", {"assignment": hong.assignments.get().pk}), ("claim", {"shift": elsewhere.pk})):
        assert client.post(f"{ming.status_path()}do/{verb}/", data).status_code == 404
    assert client.post(f"{ming.status_path()}do/no/", {"assignment": "x"}).status_code == 404
    assert client.post(f"{ming.status_path()}do/explode/").status_code == 404
    assert hong.assignments.live().count() == 1


def test_a_verb_that_does_not_fit_the_state_is_told_and_breaks_nothing(client):
    ming = volunteer(a_role())
    for verb in ("undo", "accept", "certificate"):
        answer = client.post(f"{ming.status_path()}do/{verb}/", follow=True)
        assert answer.status_code == 200
        assert len(answer.context["messages"]) == 1


def test_answers_are_changed_and_a_consent_given_later_takes_effect(client):
    role = a_role()
    ming = volunteer(role)
    thanking.finish(ming, minutes=90)
    assert PublicCredit.objects.count() == 0
    hong = volunteer(role, name="Hong")
    changed = filled_in(role, name="Hong Li", agree_credit="on", credit_name="Lao Li")

    assert client.post(f"{hong.status_path()}edit/", changed).status_code == 302

    hong.refresh_from_db()
    assert hong.name == "Hong Li"
    assert {one.credit_name for one in hong.consents.filter(purpose="credit")} == {"Lao Li"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_is_made_on_demand_and_verified_by_its_number(client, language):
    ming = volunteer(a_role(name_zh_hans="签到"), name="小明", email="ming@example.org")
    thanking.finish(ming, minutes=90)
    link = ming.status_path(language)
    assert client.get(f"{link}certificate.pdf").status_code == 404

    client.post(f"{link}do/certificate/")
    document = client.get(f"{link}certificate.pdf")
    number = Certificate.objects.get().number
    page = client.get(f"/{language}/certificates/{number.lower()}/").content.decode()

    assert document.content.startswith(b"%PDF")
    assert codes_on_paper(document.content) == [f"http://testserver/{language}/certificates/{number}/"]
    assert "小明" in page
    assert "1.5" in page
    assert "ming@example.org" not in page
    another = number[:-1] + ("B" if number.endswith("A") else "A")
    assert client.get(f"/{language}/certificates/{another}/").status_code == 404
    assert client.get(f"/{language}/certificates/x/").status_code == 404


@pytest.mark.parametrize("length", range(10, 50, 4))
def test_no_line_of_a_certificate_ends_within_the_date(client, length):
    begins = datetime(2027, 11, 27, tzinfo=SHANGHAI)
    conference = a_conference("C" * length, starts_at=begins, ends_at=begins + timedelta(days=2))
    ming = volunteer(a_role(a_team(a_call(conference))))
    thanking.finish(ming)
    client.post(f"{ming.status_path('en')}do/certificate/")

    paper = pypdfium2.PdfDocument(client.get(f"{ming.status_path('en')}certificate.pdf").content)[0]

    lines = paper.get_textpage().get_text_range().splitlines()
    assert any("27–28November2027" in "".join(line.split()) for line in lines)


def test_a_certificate_bears_the_logo_of_the_community_where_its_file_is_there(client):
    community = Community.objects.create(name="Us", logo=SimpleUploadedFile("logo.jpg", a_file().read()))
    ming = volunteer(a_role())
    thanking.finish(ming, minutes=90)
    client.post(f"{ming.status_path()}do/certificate/")
    address = f"{ming.status_path()}certificate.pdf"

    with_logo = client.get(address).content
    community.logo.storage.delete(community.logo.name)
    without = client.get(address).content

    assert with_logo.count(b"/Subtype /Image") == without.count(b"/Subtype /Image") + 1


def test_a_volunteer_takes_their_name_off_the_roll_of_thanks_and_puts_it_there_again(client):
    ming = volunteer(a_role())
    ming.consents.create(purpose="credit", credit_name="小明")
    thanking.finish(ming, minutes=90)
    link = ming.status_path("en")
    assert "The roll of thanks names you as 小明." in client.get(link).content.decode()

    page = client.post(f"{link}do/unthanked/", follow=True).content.decode()
    assert "The roll of thanks does not name you." in page
    assert not PublicCredit.objects.exists()

    client.post(f"{link}do/thanked/")
    assert PublicCredit.objects.get().name == "小明"


def test_a_volunteer_whose_name_an_organizer_took_off_is_told_so_and_may_still_disagree(client):
    ming = volunteer(a_role())
    ming.consents.create(purpose="credit", credit_name="小明")
    thanking.finish(ming, minutes=90)
    PublicCredit.objects.get().delete()
    link = ming.status_path("en")

    page = client.get(link).content.decode()
    assert "an organizer took your name off it" in page
    assert "names you as" not in page and "I no longer agree" in page

    client.post(f"{link}do/unthanked/")
    assert not ming.consents.filter(purpose="credit", withdrawn_at=None).exists()


def test_the_code_of_a_role_leads_to_its_page(client):
    role = a_role()
    address = f"/zh-hans/conferences/{role.team.call.conference.slug}/volunteer/{role.team.call.slug}/{role.slug}/"

    [code] = codes_in(client.get(f"{address}qr.png").content)

    assert code == f"http://testserver{address}"


def test_how_many_are_filled_is_told_apart_and_never_kept(client):
    role = a_role(maximum=8)
    volunteer(role)
    call = role.team.call
    answer = client.get(f"/en/conferences/{call.conference.slug}/volunteer/{call.slug}/filled.json")

    assert answer.json() == {role.slug: "1 of 8 filled"}
    assert "no-store" in answer["Cache-Control"]


def test_who_would_sign_up_where_all_is_full_is_told_what_comes_of_it(client):
    role = a_role(maximum=1)
    call = role.team.call
    assert Read(client.get(apply_address(role))).of_class("notice") == []

    volunteer(role)

    page = Read(client.get(apply_address(role)))
    assert page.of_class("notice")[0].startswith("All places are taken at the moment.")
    assert page.texts("//select[@name='role']/option") == ["—", f"{role.name} (full; sign up to wait for a place)"]
    answer = client.get(f"/en/conferences/{call.conference.slug}/volunteer/{call.slug}/filled.json")
    assert answer.json() == {role.slug: "full; sign up to wait for a place"}


def test_the_call_of_a_draft_and_a_hidden_role_are_not_there(client):
    role = a_role(is_public=False)
    call = role.team.call
    base = f"/en/conferences/{call.conference.slug}/volunteer/"
    assert client.get(f"{base}{call.slug}/{role.slug}/").status_code == 404
    call.conference.unpublish()
    for path in ("", f"{call.slug}/", f"{call.slug}/apply/", f"{call.slug}/filled.json"):
        assert client.get(base + path).status_code == 404


@pytest.mark.parametrize("roles", [1, 30])
def test_the_call_page_asks_the_same_number_of_questions_for_one_role_and_for_thirty(
    client, django_assert_max_num_queries, roles
):
    team = a_team()
    for number in range(roles):
        a_shift(a_role(team, f"Role {number}"))
    address = f"/en/conferences/{team.call.conference.slug}/volunteer/{team.call.slug}/"
    client.get(address)
    with django_assert_max_num_queries(18):
        client.get(address)


def test_a_leads_chinese_name_is_marked_as_chinese_on_an_english_page(client):
    role = a_role(lead_name="示例组长")

    page = client.get(role.get_absolute_url().replace("/zh-hans/", "/en/")).content.decode()

    assert '<span lang="zh-Hans">示例组长</span>' in page
