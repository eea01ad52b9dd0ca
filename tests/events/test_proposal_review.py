"""The review in the admin: who sees which proposals, scores and comments, the answer, what waits."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from post_office.models import Email

from events import submission_review
from events.models import Organizing, Proposal, Session, Speaking
from tests.make import a_forum, a_person, a_proposal, a_proposal_call
from tests.organizers import a_producer, a_translator, an_organizer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

REVIEW = "admin:proposals-review"


@pytest.fixture
def forums():
    call = a_proposal_call()
    found = [a_forum(call.conference, "Hardware"), a_forum(call.conference, "Culture")]
    call.forums.set(found)
    return found


def page_of(proposal):
    return reverse("admin:events_proposal_change", args=[proposal.pk])


def answer(client, proposal, do, **data):
    return client.post(reverse("admin:proposal-answer", args=[proposal.pk]), {"do": do, **data}, follow=True)


def test_a_producer_reviews_their_forum_and_no_other(forums):
    hardware, culture = (a_proposal(forum=forum, title=forum.title_en + " talk") for forum in forums)
    a_proposal(forum=None)
    client = signed_in(a_producer(forums[0]))

    shown = client.get(reverse(REVIEW))

    page = shown.content.decode()
    assert "Hardware talk" in page
    assert "Culture talk" not in page
    assert (list(shown.context["calls"]), list(shown.context["forums"])) == ([hardware.call], [forums[0]])
    assert client.get(page_of(hardware)).status_code == 200
    assert client.get(page_of(culture)).status_code == 404
    for name in ("proposal-answer", "proposal-score", "proposal-new-link"):
        assert client.post(reverse(f"admin:{name}", args=[culture.pk]), {"do": "decline"}).status_code == 404
    culture.refresh_from_db()
    assert culture.state == "submitted"


def test_organizers_see_all_of_theirs_and_whoever_has_no_part_in_it_nothing(forums):
    for forum in (*forums, None):
        a_proposal(a_proposal_call(forums[0].conference), forum=forum, title=f"For {forum}")
    organizer = an_organizer(forums[0].conference.series)

    assert Proposal.objects.editable_by(organizer).count() == 3
    translator = a_translator()
    for outsider in (an_organizer(a_forum().conference.series), translator):
        assert not Proposal.objects.reachable_by(outsider).exists()
    assert signed_in(translator).get(reverse(REVIEW)).status_code == 403


def test_what_nobody_confirmed_is_not_there(forums):
    proposal = a_proposal(forum=forums[0], state="unconfirmed")
    client = signed_in(a_producer(forums[0]))

    assert proposal.title not in client.get(reverse(REVIEW)).content.decode()
    assert answer(client, proposal, "accept").status_code == 404


def test_scores_are_averaged_and_lead_the_list(forums):
    low, high, unscored = (a_proposal(forum=forums[0], title=title) for title in ("Low", "High", "Unscored"))
    one, other = a_producer(forums[0]), a_producer(forums[0])
    for proposal, scores in ((low, (1, 2)), (high, (4, 5))):
        for reviewer, score in zip((one, other), scores, strict=True):
            path = reverse("admin:proposal-score", args=[proposal.pk])
            signed_in(reviewer).post(path, {"score": score, "comment": f"I say {score}"})

    page = signed_in(one).get(reverse(REVIEW))

    assert [(row.title, row.average) for row in page.context["page"]] == [
        ("High", 4.5),
        ("Low", 1.5),
        ("Unscored", None),
    ]
    assert "I say 5" in page.content.decode()
    unseen = signed_in(one).get(reverse(REVIEW), {"mine": "unscored"})
    assert list(unseen.context["page"]) == [unscored]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "alph"}, {"Alpha"}),
        ({"q": "HONG"}, {"Beta"}),  # who proposes
        ({"q": "lan"}, {"Gamma"}),  # who speaks
        ({"q": "nobody"}, set()),
        ({"forum": "none"}, {"Gamma"}),
        ({"forum": "first"}, {"Alpha"}),
        ({"state": "undecided"}, {"Alpha", "Gamma"}),
        ({"state": "declined"}, {"Beta"}),
        ({"order": "new", "state": "no such"}, {"Alpha", "Beta", "Gamma"}),
    ],
)
def test_the_list_is_narrowed_by_words_forum_and_state(forums, asked, found):
    call = forums[0].proposal_calls.get()
    a_proposal(call, forum=forums[0], title="Alpha")
    a_proposal(call, forum=forums[1], title="Beta", name="Hong", state="declined")
    a_proposal(call, title="Gamma", name="Bo").speakers.create(name="Lan", bio="", email="")
    if asked.get("forum") == "first":
        asked = {"forum": forums[0].pk}

    page = signed_in(an_organizer(call.conference.series)).get(reverse(REVIEW), asked)

    assert {row.title for row in page.context["page"]} == found


def test_after_saving_a_score_the_next_one_without_it_opens(forums):
    first, second = (a_proposal(forum=forums[0], title=title) for title in ("First", "Second"))
    client = signed_in(a_producer(forums[0]))

    opened = client.post(reverse("admin:proposal-score", args=[first.pk]), {"score": "4", "next": "1"})

    assert opened.url == page_of(second)


def test_the_list_asks_as_many_queries_for_one_as_for_many(forums, django_assert_num_queries):
    user = a_producer(forums[0])

    def add(number):
        for _number in range(number):
            proposal = a_proposal(forum=forums[0], title="Talk")
            proposal.speakers.create(name="Hong")
            for reviewer in (user, None):
                proposal.reviews.create(reviewer=reviewer, score=4, comment="Good.")

    client = signed_in(user)
    add(1)
    client.get(reverse(REVIEW))
    with CaptureQueriesContext(connection) as of_one:
        client.get(reverse(REVIEW))
    add(7)
    with django_assert_num_queries(len(of_one)):
        assert len(client.get(reverse(REVIEW)).context["page"]) == 8


def test_accepting_twice_makes_one_session_one_mail_and_one_line_of_history(forums):
    proposal = a_proposal(forum=forums[0], name="Zhao Ming", email="zm@example.org")
    ming, speaker = a_person("Zhao Ming"), proposal.speakers.get()
    client = signed_in(a_producer(forums[0]))
    assert f'<option value="{ming.pk}">' in client.get(page_of(proposal)).content.decode()

    for _time in range(2):
        answer(client, proposal, "accept", answer="Welcome!", **{f"person{speaker.pk}": ming.pk})

    assert (Session.objects.count(), Speaking.objects.get().person) == (1, ming)
    assert "Welcome!" in Email.objects.get().message


def test_somebody_of_another_name_cannot_be_put_on_stage_by_a_forged_form(forums):
    proposal, other = a_proposal(forum=forums[0]), a_person("Somebody Else")

    answer(signed_in(a_producer(forums[0])), proposal, "accept", **{f"person{proposal.speakers.get().pk}": other.pk})

    assert Speaking.objects.get().person != other


def test_declining_waiting_and_taking_back(forums):
    proposal = a_proposal(forum=forums[0])
    client = signed_in(a_producer(forums[0]))

    for do, state in (("wait", "waiting"), ("decline", "declined"), ("reopen", "submitted")):
        answer(client, proposal, do)
        proposal.refresh_from_db()
        assert proposal.state == state
    assert "Its state has changed" not in answer(client, proposal, "accept").content.decode()
    assert "Its state has changed" in answer(client, proposal, "decline").content.decode()


@pytest.mark.parametrize(
    ("state", "do"), [("submitted", "accept"), ("submitted", "wait"), ("submitted", "decline"), ("declined", "reopen")]
)
def test_nobody_answers_what_they_propose_themselves(forums, state, do):
    proposal, producer = a_proposal(forum=forums[0], state=state), a_producer(forums[0])
    User.objects.filter(pk=producer.pk).update(email=proposal.email.upper())

    told = answer(signed_in(producer), proposal, do).content.decode()

    proposal.refresh_from_db()
    assert proposal.state == state
    assert "This is a proposal of your own" in told


def test_who_does_not_want_to_speak_is_left_out_by_whose_proposal_it_is(forums):
    proposal = a_proposal(forum=forums[0])
    lan = proposal.speakers.create(name="Lan", email="lan@example.org")
    path = reverse("admin:proposal-leave-out", args=[proposal.pk])

    assert signed_in(a_producer(forums[1])).post(path, {"speaker": lan.pk}).status_code == 404
    producer = signed_in(a_producer(forums[0]))
    producer.get(path, {"speaker": lan.pk})
    assert lan in proposal.speakers.all()
    producer.post(path, {"speaker": lan.pk})
    assert proposal.speakers.exists() and lan not in proposal.speakers.all()


def test_only_the_conference_moves_a_proposal_to_another_forum(forums):
    proposal = a_proposal(forum=forums[0])
    path = reverse("admin:proposal-move", args=[proposal.pk])

    producer = a_producer(forums[0])
    Organizing.objects.create(person=producer.person, series=a_forum().conference.series)
    assert signed_in(producer).post(path, {"forum": forums[1].pk}).status_code == 403
    signed_in(an_organizer(forums[0].conference.series)).post(path, {"forum": forums[1].pk})

    proposal.refresh_from_db()
    assert proposal.forum == forums[1]


def test_a_former_link_ends_when_a_new_one_is_made(forums, client):
    proposal = a_proposal(forum=forums[0])
    former = proposal.status_path()
    signed_in(a_producer(forums[0])).post(reverse("admin:proposal-new-link", args=[proposal.pk]))
    proposal.refresh_from_db()

    assert client.get(former).status_code == 410
    assert client.get(proposal.status_path()).status_code == 200


def test_what_waits_for_an_answer_stands_on_the_start_page(forums):
    a_proposal(forum=forums[0])
    a_proposal(forum=forums[1])
    producer = a_producer(forums[0])

    [(words, count, address)] = submission_review.waiting(producer)

    assert (str(words), count) == ("proposals without an answer", 1)
    page = signed_in(producer).get("/admin/").content.decode()
    assert f'href="{address.replace("&", "&amp;")}"' in page


def test_a_call_is_made_by_the_clock_of_its_conference(forums):
    conference = forums[0].conference
    client = signed_in(an_organizer(conference.series))
    other = a_forum()
    path = reverse("admin:events_proposalcall_add") + f"?conference={conference.pk}"
    form = client.get(path).context["adminform"].form
    assert other not in form.fields["forums"].queryset

    data = {
        "title_en": "Second call",
        "opens_at": "2026-12-01T09:00",
        "closes_at": "2026-12-20T18:00",
        "forums": [forums[0].pk],
        "kinds": ["talk", "panel"],
        "lengths": "20, 40",
        "retention_days": "60",
    }
    client.post(path, data)

    call = conference.proposal_calls.get(title_en="Second call")
    assert (call.kinds, call.minutes, list(call.forums.all())) == (["talk", "panel"], [20, 40], [forums[0]])
    assert call.opens_at.isoformat() == "2026-12-01T01:00:00+00:00"
    refused = client.post(path, {**data, "lengths": "an hour", "closes_at": "2026-11-01T18:00"})
    assert {"lengths"} <= set(refused.context["adminform"].form.errors)
