"""The way of a proposal: sent, confirmed, reviewed, answered, taken into the programme, taken back."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from events import bringing, casting, named_speakers, proposing, submitting
from events.models import Proposal, ProposalReview, Session, SessionMaterial, Speaking, Submission
from portal.images import BadImage
from portal.models import Community, Person
from portal.models.signups import IllegalMove
from portal.refused import Refused
from tests.make import (
    a_booth_application,
    a_conference,
    a_forum,
    a_person,
    a_proposal,
    a_proposal_call,
    a_session,
    an_organization,
)
from tests.organizers import a_producer, an_organizer, signed_in
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

State = Submission.State
SPEAKER = {"name": "Ming", "title": "Maintainer", "organization": "Open Body", "bio": "Mends forks."}


def proposed(call, **fields):
    told = {"name": "Ming", "email": "ming@example.org", "language": "en", "title_en": "Forks", **fields}
    speakers = told.pop("speakers", [SPEAKER])
    return proposing.propose(call, forum=told.pop("forum", None), speakers=speakers, **told)


def organizer_of(proposal):
    return an_organizer(proposal.call.conference.series)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def subjects():
    return [mail.subject for mail in Email.objects.order_by("pk")]


@pytest.mark.parametrize("make", [a_proposal, a_booth_application])
def test_every_step_that_is_not_drawn_raises(make):
    row = make()
    for before, after in product(State, State):
        row.state = before
        if after in row.MOVES[before]:
            row.move_to(after)
            assert fresh(row).state == after
        else:
            with pytest.raises(IllegalMove):
                row.move_to(after)


def test_a_proposal_holds_nothing_before_its_address_is_confirmed():
    proposal = proposed(a_proposal_call(), consents=["run", "publish"])

    assert (proposal.state, proposal.speakers.get().name) == ("unconfirmed", "Ming")
    assert set(proposal.consents.values_list("purpose", flat=True)) == {"run", "publish"}
    assert not Proposal.objects.to_review().exists()
    assert proposal.status_url in Email.objects.get().message

    submitting.confirm(proposal)
    submitting.confirm(proposal)

    assert fresh(proposal).state == "submitted"
    assert subjects() == ["Please confirm: Forks", "Received: Forks"]


def test_the_same_title_again_is_the_same_proposal_and_another_is_another():
    call = a_proposal_call()
    first = submitting.confirm(proposed(call))
    again, another = proposed(call, email="Ming@Example.org "), proposed(call, title_en="Spoons")

    assert again == first
    assert another != first
    assert Proposal.objects.count() == 2


def test_a_closed_call_takes_nothing():
    with pytest.raises(Refused, match="closed"):
        proposed(a_proposal_call(closes_at=timezone.now() - timedelta(hours=1)))


def test_an_acceptance_makes_the_session_the_profile_and_the_place_on_stage_once():
    forum = a_forum(a_conference())
    house = an_organization("Open Body")
    proposal = a_proposal(forum=forum, title_zh_hans="为什么分叉", kind="workshop", level="advanced")
    proposal.speakers.update(organization="open body", title="Maintainer")
    producer = a_producer(forum)

    for _time in range(2):
        proposing.accept(proposal, producer, answer="Please bring a board.")

    session, speaking = Session.objects.get(), Speaking.objects.get()
    person = Person.objects.get(name_en="Ming", user=None)
    assert fresh(proposal).session == session
    assert (session.forum, session.kind, session.level, session.language) == (forum, "workshop", "advanced", "en")
    assert (session.title_zh_hans, session.title_en) == ("为什么分叉", "Why forks happen")
    assert (speaking.session, speaking.person, speaking.organization) == (session, person, house)
    assert speaking.title_then_en == "Maintainer"
    assert (person.published_at, person.entered_by, person.bio_en) == (None, producer, "Ming mends forks.")
    assert subjects() == ["Accepted: Why forks happen"]
    assert "Please bring a board." in Email.objects.get().message


def test_a_speaker_who_is_here_already_keeps_their_profile():
    ming = a_person("Zhao Ming", bio_en="As the organizers wrote it.")
    proposal = a_proposal(name="Zhao Ming", email="zm@example.org")
    user, speaker = organizer_of(proposal), proposal.speakers.get()
    [found] = casting.alike([speaker], user)[speaker.pk]

    proposing.accept(proposal, user, {speaker.pk: found})
    proposing.change_profiles(proposal, {speaker.pk: {"bio": "I am the best."}})

    assert Speaking.objects.get().person == ming
    assert fresh(ming).bio_en == "As the organizers wrote it."


def named(*addresses):
    return [SPEAKER, *({"name": address.partition("@")[0].title(), "email": address} for address in addresses)]


def told_that_they_are_named():
    return [mail.to for mail in Email.objects.order_by("pk") if "X-Entity-Ref-ID" in (mail.headers or {})]


def test_who_is_named_by_another_is_told_once_the_proposer_is_known_and_learns_no_link():
    Community.objects.create(name="Us", email="organizers@example.org")
    proposal = proposed(a_proposal_call(), speakers=named("MING@example.org", "hong@example.org"), language="zh-hans")
    assert told_that_they_are_named() == []

    for _time in range(2):
        proposing.confirm(proposal)

    assert told_that_they_are_named() == [["hong@example.org"]]
    mail = Email.objects.get(to="hong@example.org")
    assert mail.subject == "你被填为讲者：Forks"
    assert all(told in mail.message for told in ("Ming向", "Forks", "organizers@example.org", "/zh-hans/conferences/"))
    assert "/my/" not in mail.message


def test_who_is_named_later_is_told_then_and_nobody_twice():
    proposal = proposing.confirm(proposed(a_proposal_call(), speakers=named("hong@example.org")))

    proposing.change(proposal, speakers=named("Hong@example.org", "lan@example.org"), title_en="More forks")

    assert told_that_they_are_named() == [["hong@example.org"], ["lan@example.org"]]


def test_naming_others_is_no_way_to_flood_them():
    one = proposing.confirm(proposed(a_proposal_call()))
    for turn in range(9):
        proposing.change(one, speakers=named(*(f"a{turn}.{number}@example.org" for number in range(3))))
    assert len(told_that_they_are_named()) == named_speakers.MOST_NAMED == 15

    for proposer in range(7):
        told = {"email": f"p{proposer}@example.org", "speakers": named("hong@example.org")}
        proposing.confirm(proposed(one.call, **told))
    assert told_that_they_are_named().count(["hong@example.org"]) == 5


def test_a_speaker_who_does_not_want_it_is_left_out_with_the_mail_that_told_them():
    proposal = proposing.confirm(proposed(a_proposal_call(), speakers=named("hong@example.org", "lan@example.org")))
    client, address = signed_in(organizer_of(proposal)), reverse("admin:proposal-leave-out", args=[proposal.pk])
    keys = list(proposal.speakers.values_list("pk", flat=True))

    for key in (keys[1], keys[0], keys[2], "x"):
        client.post(address, {"speaker": key})

    assert list(proposal.speakers.values_list("pk", flat=True)) == [keys[2]], "somebody always speaks"
    assert told_that_they_are_named() == [["lan@example.org"]]


def test_several_speakers_stand_in_their_order():
    call = a_proposal_call()
    proposal = submitting.confirm(proposed(call, speakers=[SPEAKER, {"name": "洪"}, {"name": "Ben"}]))

    proposing.accept(proposal, organizer_of(proposal))

    assert [one.name for one in Speaking.objects.all()] == ["Ming", "洪", "Ben"]
    assert Person.objects.get(name_zh_hans="洪").slug == "hong"


def test_profiles_appear_once_the_speaker_says_yes():
    proposal = a_proposal()
    proposing.accept(proposal, organizer_of(proposal))
    person = proposal.speakers.get().person
    assert person.published_at is None

    proposing.come(proposal)
    proposing.come(proposal)

    assert fresh(proposal).state == "confirmed"
    assert fresh(person).is_published
    assert len(subjects()) == 1


def test_a_no_and_the_waiting_list_are_one_mail_each_and_a_no_can_be_taken_back():
    proposal = a_proposal()

    for verb in (submitting.wait, submitting.wait, submitting.decline, submitting.decline, submitting.reopen):
        verb(proposal)

    assert fresh(proposal).state == "submitted"
    assert [subject.split(":")[0] for subject in subjects()] == ["On the waiting list", "Not this time", "Received"]


def test_what_is_decided_is_neither_changed_nor_moved():
    proposal = a_proposal()
    proposing.accept(proposal, organizer_of(proposal))

    with pytest.raises(Refused):
        proposing.change(proposal, speakers=[SPEAKER], title_en="Another")
    with pytest.raises(Refused):
        proposing.move(proposal, None)
    with pytest.raises(IllegalMove):
        submitting.decline(proposal)


def test_a_withdrawn_session_stays_as_cancelled_and_comes_back_with_the_undo():
    proposal = a_proposal()
    proposing.accept(proposal, organizer_of(proposal))

    proposing.withdraw(proposal)
    proposing.withdraw(proposal)
    assert Session.objects.get().is_cancelled

    proposing.take_back(proposal)
    assert fresh(proposal).state == "accepted"
    assert not Session.objects.get().is_cancelled
    assert Session.objects.count() == Speaking.objects.count() == 1


def test_who_has_withdrawn_is_not_accepted_from_a_page_that_was_opened_before():
    proposal = a_proposal()
    proposing.withdraw(proposal)

    with pytest.raises(IllegalMove):
        proposing.accept(proposal, organizer_of(proposal))

    assert fresh(proposal).state == "withdrawn"
    assert not Session.objects.exists()


def test_who_has_proposed_something_else_meanwhile_may_still_undo_a_withdrawal():
    proposal = proposing.withdraw(a_proposal())
    a_proposal(proposal.call, title="Why spoons do not")

    proposing.take_back(proposal)

    assert fresh(proposal).state == "submitted"


def test_nothing_is_taken_back_once_the_conference_has_begun():
    begins = timezone.now() - timedelta(hours=1)
    conference = a_conference(starts_at=begins, ends_at=begins + timedelta(days=1))
    proposal = a_proposal(a_proposal_call(conference), state="withdrawn")

    with pytest.raises(Refused, match="begun"):
        proposing.take_back(proposal)


def test_a_review_is_written_over_by_who_wrote_it_and_nobody_reviews_their_own():
    proposal = a_proposal()
    producer, author = a_producer(a_forum()), a_producer(a_forum())
    author.email = "MING@example.org"

    proposing.review(proposal, producer, 3, "Good.")
    proposing.review(proposal, producer, 5, "Better.")

    assert [(one.score, one.comment) for one in ProposalReview.objects.all()] == [(5, "Better.")]
    assert proposing.review(proposal, producer, None, "") is None
    assert not ProposalReview.objects.exists()
    for verb in (lambda: proposing.review(proposal, author, 5, ""), lambda: proposing.accept(proposal, author)):
        with pytest.raises(Refused, match="your own"):
            verb()


def test_the_profile_follows_its_speaker_until_somebody_edits_it():
    proposal = a_proposal()
    proposing.accept(proposal, organizer_of(proposal))
    speaker = proposal.speakers.get()

    proposing.change_profiles(proposal, {speaker.pk: {"bio": "Mends spoons.", "title": "Smith"}})
    assert (fresh(speaker.person).bio_en, fresh(speaker.person).title_en) == ("Mends spoons.", "Smith")

    Person.objects.filter(pk=speaker.person_id).update(bio_en="Edited by an organizer.")
    proposing.change_profiles(proposal, {speaker.pk: {"bio": "Mends knives."}})
    assert fresh(speaker.person).bio_en == "Edited by an organizer."
    assert fresh(speaker).bio == "Mends knives."


def test_slides_go_under_the_session_and_only_ones_own_are_taken_away(django_capture_on_commit_callbacks):
    proposal = a_proposal()
    proposing.accept(proposal, organizer_of(proposal))
    proposal = fresh(proposal)
    theirs = SessionMaterial.objects.create(session=proposal.session, url="https://example.org/recording")

    mine = bringing.add_slides(proposal, title="Slides", file=SimpleUploadedFile("forks.pdf", b"%PDF-1.7"))
    assert mine.file.storage.exists(mine.file.name)
    with pytest.raises(Refused):
        bringing.remove_slides(proposal, theirs.pk)
    with django_capture_on_commit_callbacks(execute=True):
        bringing.remove_slides(proposal, mine.pk)
        assert mine.file.storage.exists(mine.file.name)

    assert list(proposal.session.materials.all()) == [theirs]
    assert not mine.file.storage.exists(mine.file.name)


def test_there_is_an_end_to_slides_and_none_before_the_acceptance():
    proposal = a_proposal()
    with pytest.raises(Refused):
        bringing.add_slides(proposal, url="https://example.org/")
    proposing.accept(proposal, organizer_of(proposal))
    for number in range(bringing.MOST_SLIDES):
        bringing.add_slides(proposal, url=f"https://example.org/{number}")

    with pytest.raises(Refused, match="remove one"):
        bringing.add_slides(proposal, url="https://example.org/more")


def test_a_photo_becomes_the_portrait_and_its_successor_replaces_the_file(django_capture_on_commit_callbacks):
    proposal = a_proposal()
    proposing.accept(proposal, organizer_of(proposal))
    speaker = proposal.speakers.get()

    bringing.set_photo(speaker, a_file())
    former = fresh(speaker.person).portrait
    with django_capture_on_commit_callbacks(execute=True):
        bringing.set_photo(speaker, a_file(comment=b"another"))
        assert former.storage.exists(former.name)

    portrait = fresh(speaker.person).portrait
    assert portrait.storage.exists(portrait.name)
    assert not former.storage.exists(former.name)
    with pytest.raises(BadImage):
        bringing.set_photo(speaker, SimpleUploadedFile("face.jpg", b"<svg/>"))


def test_nobody_changes_a_photo_that_was_here_before():
    person, proposal = a_person("Zhao Ming"), a_proposal(name="Zhao Ming", email="zm@example.org")
    speaker = proposal.speakers.get()
    proposing.accept(proposal, organizer_of(proposal), {speaker.pk: person})

    with pytest.raises(Refused, match="was here before"):
        bringing.set_photo(fresh(speaker), a_file())


def test_a_new_session_stands_last():
    proposal = a_proposal()
    a_session(proposal.call.conference, position=7)

    proposing.accept(proposal, organizer_of(proposal))

    assert fresh(proposal).session.position == 8
