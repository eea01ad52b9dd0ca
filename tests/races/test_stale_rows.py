"""What somebody saved since another read the row is kept, whatever verb the other calls on what they hold."""

import pytest

from events import bringing, proposing
from events.models import Session
from portal import outbound
from portal.admin.moving import Moves
from portal.link_checks import note
from portal.models import Article, Delivery, LinkCheck, Person
from portal.restoring import restore
from portal.slugs import save_with_free_slug
from portal.webhooks import sending
from tests.make import a_conference, a_delivery, a_forum, a_person, a_proposal, a_session, an_article
from tests.organizers import an_administrator, an_organizer, signed_in
from tests.portal.pictures import a_file

pytestmark = pytest.mark.django_db


def test_a_row_that_is_moved_keeps_what_was_written_since_the_list_was_read(monkeypatch):
    conference = a_conference()
    session, forum = a_session(conference), a_forum(conference)
    form_of = Moves._form_of

    def while_another_writes(self, request, rows):
        Session.objects.filter(pk=session.pk).update(title_en="Why forks end")
        return form_of(self, request, rows)

    monkeypatch.setattr(Moves, "_form_of", while_another_writes)
    data = {"action": "move", "_selected_action": [session.pk], "apply": "1", "index": "0", "forum": forum.pk}
    signed_in(an_administrator()).post("/admin/events/session/", data)

    session.refresh_from_db()
    assert (session.forum, session.title_en) == (forum, "Why forks end")


def test_a_new_portrait_leaves_the_words_that_an_organizer_wrote_since():
    proposal = a_proposal()
    proposing.accept(proposal, an_organizer(proposal.call.conference.series))
    speaker = proposal.speakers.select_related("person").get()
    Person.objects.filter(pk=speaker.person_id).update(title_en="Maintainer")

    bringing.set_photo(speaker, a_file())

    now = Person.objects.get(pk=speaker.person_id)
    assert now.portrait and now.title_en == "Maintainer"


def test_a_version_that_is_restored_takes_nothing_off_the_site_that_was_published_since():
    article = an_article(published_at=None)
    of_another = Article.objects.get(pk=article.pk)

    administrator = an_administrator()
    article.publish(administrator)
    restore(of_another, of_another.history.earliest().pk, administrator)

    article.refresh_from_db()
    assert article.is_published


def test_a_message_that_is_deleted_while_its_server_is_asked_does_not_come_back_to_life(monkeypatch):
    delivery = a_delivery()

    def answer(url, body, headers):
        Delivery.objects.all().delete()
        return outbound.Answer(200, url)

    monkeypatch.setattr(outbound, "post", answer)
    sending.attempt(delivery)

    assert not Delivery.objects.exists()


def test_a_link_that_two_look_at_is_noted_once(monkeypatch):
    url, first = "https://a.example/", LinkCheck.objects.filter

    def found_by_nobody_yet(*args, **kwargs):
        found = list(first(*args, **kwargs))
        note(url, 404, "answers 404") if not found else None
        return first(pk__in=[row.pk for row in found])

    monkeypatch.setattr(LinkCheck.objects, "filter", found_by_nobody_yet)
    note(url, 500, "answers 500")

    assert LinkCheck.objects.get().finding == "answers 500"


def test_who_wants_the_same_address_at_the_same_moment_gets_the_next(monkeypatch):
    others = ["ming", "ming-2"]

    def found_free(wanted, taken):
        slug = wanted if not taken.exists() else f"{wanted}-{taken.count() + 1}"
        if others:
            a_person(slug=others.pop(0))
        return slug

    monkeypatch.setattr("portal.slugs.free_slug", found_free)

    assert save_with_free_slug(Person(name_en="Ming"), "ming").slug == "ming-3"
