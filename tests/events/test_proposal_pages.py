"""The pages of calls, the form, and the pages behind a proposer's link, without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events import proposing
from events.models import Proposal, SessionMaterial
from portal import signup_forms
from tests.make import a_forum, a_proposal, a_proposal_call
from tests.organizers import an_organizer
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TOLD = {
    "name": "Ming",
    "email": "ming@example.org",
    "title_en": "Forks",
    "abstract_en": "Why they happen.",
    "kind": "talk",
    "spoken": "en",
    "speaker1_bio": "Mends forks.",
    "agree_run": "on",
    "agree_publish": "on",
}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(signup_forms, "FASTEST", 0)


def send(client, path, **changes):
    """Fill in the form as a browser would and send it."""
    opened = client.get(path).context["form"].initial["opened"]
    told = {name: value for name, value in {**TOLD, **changes}.items() if value is not None}
    return client.post(path, {**told, "opened": opened})


def path_to(forum):
    return reverse("propose-to-forum", args=[forum.conference.slug, forum.slug])


def an_open_forum(**fields):
    call = a_proposal_call(**fields)
    forum = a_forum(call.conference)
    call.forums.add(forum)
    return forum


def accepted(**fields):
    proposal = a_proposal(**fields)
    return proposing.accept(proposal, an_organizer(proposal.call.conference.series))


def test_the_calls_of_a_conference_lead_to_the_form_of_each_forum(client):
    forum = an_open_forum(body_en="Bring **boards**.")
    path = reverse("proposals", args=[forum.conference.slug])

    page = client.get(path).content.decode()

    assert "<strong>boards</strong>" in page
    assert path_to(forum) in page
    assert reverse("propose", args=[forum.conference.slug]) not in page


def test_a_closed_call_offers_no_form_and_takes_nothing(client):
    forum = an_open_forum(closes_at=timezone.now() - timedelta(hours=1))

    assert path_to(forum) not in client.get(reverse("proposals", args=[forum.conference.slug])).content.decode()
    answer = client.post(path_to(forum), TOLD)
    assert "Closed at the moment (open from" in answer.content.decode()
    assert TOLD["abstract_en"] in answer.content.decode()  # what was typed is not lost
    assert not Proposal.objects.exists()


def test_a_forum_without_a_call_and_a_draft_have_no_form(client):
    forum = an_open_forum()
    assert client.get(path_to(a_forum(forum.conference))).status_code == 404
    forum.conference.unpublish()
    assert client.get(path_to(forum)).status_code == 404


def test_the_number_of_queries_of_the_calls_does_not_grow(client, django_assert_num_queries):
    forum = an_open_forum()
    path = reverse("proposals", args=[forum.conference.slug])
    client.get(path)

    def count(number):
        with django_assert_num_queries(number):
            assert client.get(f"{path}?n={number}").status_code == 200

    count(6)
    call = a_proposal_call(forum.conference)
    call.forums.set(a_forum(forum.conference) for _number in range(5))
    count(6)


def test_the_form_writes_a_proposal_and_says_check_your_mail(client):
    forum = an_open_forum(lengths="20, 40")

    answer = send(client, path_to(forum), minutes="40", speaker2_name="Hong", notes="Not on Sunday.")

    assert answer.url == reverse("check-your-mail", query={"occasion": forum.conference.pk})
    proposal = Proposal.objects.get()
    assert (proposal.forum, proposal.minutes, proposal.notes, proposal.language) == (forum, 40, "Not on Sunday.", "en")
    assert [(one.name, one.email) for one in proposal.speakers.all()] == [("Ming", "ming@example.org"), ("Hong", "")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_en": None}, "title_en"),
        ({"abstract_en": None}, "abstract_en"),
        ({"kind": "break"}, "kind"),
        ({"email": "nobody"}, "email"),
        ({"agree_publish": None}, "agree_publish"),
        ({"speaker3_bio": "Who is this?"}, "speaker3_name"),
        ({"website": "https://spam.example"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client, changes, field):
    answer = send(client, path_to(an_open_forum()), **changes)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Mends forks." in answer.content.decode()
    assert not Proposal.objects.exists()


def test_one_text_in_both_languages_is_kept_once(client):
    send(client, path_to(an_open_forum()), title_zh_hans="Forks")

    proposal = Proposal.objects.get()
    assert (proposal.title_en, proposal.title_zh_hans) == ("Forks", "")


def test_who_knows_no_forum_proposes_to_the_conference(client):
    call = a_proposal_call(takes_without_forum=True)
    send(client, reverse("propose", args=[call.conference.slug]))

    assert Proposal.objects.get().forum is None


def test_reading_the_link_does_nothing_and_the_button_confirms(client):
    proposal = a_proposal(state="unconfirmed")

    client.get(proposal.status_path())
    assert Proposal.objects.get().state == "unconfirmed"
    client.post(reverse("my-act", args=[proposal.token, "confirm"]))

    assert Proposal.objects.get().state == "submitted"


def test_the_status_page_says_how_it_stands_and_keeps_the_reviews_to_itself(client):
    proposal = a_proposal(answer="")
    proposal.reviews.create(score=1, comment="Not again!")

    page = client.get(proposal.status_path())

    assert "Received" in page.content.decode()
    assert "Not again!" not in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "Not again!" not in client.get(reverse("my-data", args=[proposal.token])).content.decode()


def test_a_proposal_is_changed_by_the_link_while_an_answer_is_awaited(client):
    proposal = a_proposal()
    path = reverse("my-edit", args=[proposal.token])
    assert 'value="Why forks happen"' in client.get(path).content.decode()

    client.post(path, {**TOLD, "title_en": "Spoons", "speaker1_name": "Hong"})

    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.speakers.get().name) == ("Spoons", "Hong")


def test_after_the_acceptance_the_profile_alone_is_changed(client):
    proposal = accepted()
    speaker = proposal.speakers.get()
    path = reverse("my-edit", args=[proposal.token])

    client.post(path, {f"speaker{speaker.pk}_bio": "Mends spoons.", "title_en": "Another title"})

    speaker.refresh_from_db()
    assert (speaker.bio, speaker.person.bio_en) == ("Mends spoons.", "Mends spoons.")
    assert proposal.session.title_en == "Why forks happen"


def test_slides_and_a_photo_are_put_up_by_the_link(client):
    proposal = accepted()
    path, speaker = reverse("my-files", args=[proposal.token]), proposal.speakers.get()

    assert client.post(path, {"file": SimpleUploadedFile("forks.pdf", b"%PDF-1.7")}).url == path
    assert client.post(path, {"speaker": speaker.pk, "photo": a_file(name="me.jpg")}).url == path

    speaker.refresh_from_db()
    material = SessionMaterial.objects.get()
    assert material.session == proposal.session
    assert speaker.person.portrait
    assert material.file.url in client.get(proposal.session.get_absolute_url()).content.decode()
    client.post(reverse("my-act", args=[proposal.token, "remove"]), {"material": material.pk})
    assert not SessionMaterial.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"file": SimpleUploadedFile("forks.exe", b"MZ")},
        {"url": "javascript:alert(1)"},
        {"url": "https://example.org/", "file": SimpleUploadedFile("forks.pdf", b"%PDF-1.7")},
    ],
    ids=["nothing", "a program", "a script", "both"],
)
def test_what_are_no_slides_is_refused_in_words(client, sent):
    proposal = accepted()

    answer = client.post(reverse("my-files", args=[proposal.token]), {"title": "Slides", **sent})

    assert answer.status_code == 422
    assert not SessionMaterial.objects.exists()


def test_a_large_file_of_a_name_without_a_kind_is_refused_in_words(client):
    large = SimpleUploadedFile("2026." + "演" * 90, bytes(3 * 2**20))

    assert client.post(reverse("my-files", args=[accepted().token]), {"file": large}).status_code == 422


def test_a_bad_photo_is_refused_in_words(client):
    proposal = accepted()
    speaker = proposal.speakers.get()
    path = reverse("my-files", args=[proposal.token])
    no_picture = {"photo": SimpleUploadedFile("me.jpg", b"no picture")}
    for sent, said in (({}, "Choose a picture first."), (no_picture, "This is not a picture of a kind")):
        page = client.post(path, {"speaker": speaker.pk, **sent}).content.decode()
        assert said in page
        assert "Give a link or a file" not in page  # that is the other form's
    speaker.refresh_from_db()
    assert not speaker.person.portrait


def test_there_is_nothing_to_bring_before_the_acceptance(client):
    assert client.get(reverse("my-files", args=[a_proposal().token])).status_code == 404


def test_yes_undo_and_delete_by_the_link(client):
    proposal = accepted()

    client.post(reverse("my-act", args=[proposal.token, "come"]))
    client.post(reverse("my-act", args=[proposal.token, "withdraw"]))
    client.post(reverse("my-act", args=[proposal.token, "undo"]))
    assert Proposal.objects.get().state == "accepted"
    assert "the profile of Ming" in client.get(reverse("my-delete", args=[proposal.token])).content.decode()
    client.post(reverse("my-delete", args=[proposal.token]))

    assert not Proposal.objects.exists()


def test_the_calendar_has_the_session_once_it_has_a_time(client):
    proposal = accepted()
    path = reverse("my-calendar", args=[proposal.token])
    assert "OpenConf" in client.get(path).content.decode()

    session, begins = proposal.session, proposal.call.conference.starts_at
    session.starts_at, session.ends_at = begins, begins + timedelta(minutes=40)
    session.save()

    assert "SUMMARY:Why forks happen" in client.get(path).content.decode()


def test_an_address_does_not_flood_a_board(client):
    forum = an_open_forum()

    codes = [send(client, path_to(forum)).status_code for _time in range(7)]

    assert codes == [302] * 5 + [422] * 2


def test_what_is_wrong_is_told_in_the_order_of_the_page(client):
    page = send(client, path_to(an_open_forum()), name="", title_en="", agree_run=None).content.decode()

    told = re.findall(r'<li><a href="#id_(\w+)"', page)
    shown = re.findall(r'\bid="id_(\w+?)"', page)
    assert told == ["name", "title_en", "agree_run"] == sorted(told, key=shown.index)
