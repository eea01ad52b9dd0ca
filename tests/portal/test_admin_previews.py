"""Drafts shown by link, and the versions of a row with the way back."""

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from portal.models import Article
from portal.previews import preview_path, previewed_row
from tests import make
from tests.organizers import a_lead, a_producer, an_administrator, data_of, signed_in

pytestmark = pytest.mark.django_db


def test_a_draft_is_shown_by_its_link_without_an_account():
    draft = make.an_article("Not yet out", published_at=None, body_en="The **whole** text.")

    assert Client().get(draft.get_absolute_url()).status_code == 404
    with translation.override("en"):
        shown = Client().get(preview_path(draft))
    assert "<strong>whole</strong>" in shown.content.decode()
    assert shown["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown["Cache-Control"]


def test_the_preview_of_one_draft_shows_no_other():
    draft, other = make.an_article("One", published_at=None), make.an_article("Two", published_at=None)

    Client().get(preview_path(draft))

    assert Client().get(other.get_absolute_url()).status_code == 404
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert not Article.objects.published().exists()


def test_the_parts_of_a_draft_conference_are_previewed_with_it():
    conference = make.a_conference(published_at=None)
    forum = make.a_forum(conference, "Open Hardware")

    assert "Open Hardware" in Client().get(preview_path(conference)).content.decode()
    assert "Open Hardware" in Client().get(preview_path(forum)).content.decode()


def test_an_old_link_says_that_it_has_ended(monkeypatch):
    path = preview_path(make.an_article(published_at=None))
    later = timezone.now().timestamp() + 8 * 24 * 3600
    monkeypatch.setattr(signing.time, "time", lambda: later)

    assert Client().get(path).status_code == 410


def test_a_forged_link_finds_nothing():
    token = signing.dumps(["portal.article", 1], salt="another")

    assert Client().get(reverse("preview", args=[token])).status_code == 404
    with pytest.raises(signing.BadSignature):
        previewed_row(token)


def test_history_tells_the_former_and_the_new_value_and_restores():
    article = make.an_article("Before", title_zh_hans="以前")
    client = signed_in(an_administrator())
    change = reverse("admin:portal_article_change", args=[article.pk])
    data = data_of(client.get(change)) | {"title_en": "After"}
    client.post(change, data)

    history = reverse("admin:portal_article_history", args=[article.pk])
    versions = client.get(history).context["versions"]
    texts = [(one.before, one.after) for one in versions[0].changes if one.before == "Before"]
    assert texts == [("Before", "After")]
    assert versions[0].who.username == "administrator"

    client.post(history, {"version": versions[-1].id})
    article.refresh_from_db()
    assert article.title_en == "Before"


def test_history_tells_a_zero_from_nothing():
    venue = make.a_venue()
    venue.latitude, venue.longitude = 0, 109
    venue.save()

    history = reverse("admin:events_venue_history", args=[venue.pk])
    changes = signed_in(an_administrator()).get(history).context["versions"][0].changes

    assert [(one.before, one.after) for one in changes] == [("", "0.00000"), ("", "109.00000")]


def test_restoring_ties_again_what_was_tied():
    chapter, other = make.a_chapter(), make.a_chapter()
    meetup = make.a_meetup(chapters=[chapter])
    before = meetup.history.first().pk
    meetup.chapters.set([other])
    client = signed_in(an_administrator())

    client.post(reverse("admin:meetups_meetup_history", args=[meetup.pk]), {"version": before})

    assert list(meetup.chapters.all()) == [chapter]


def test_a_version_of_another_row_restores_nothing():
    chapter = make.a_chapter()
    mine, other = make.a_meetup(chapters=[chapter]), make.a_meetup("Another")
    client = signed_in(a_lead(chapter))

    response = client.post(
        reverse("admin:meetups_meetup_history", args=[mine.pk]), {"version": other.history.first().pk}
    )

    assert response.status_code == 403
    mine.refresh_from_db()
    assert mine.title_en == "Open lunch"


def test_history_asks_no_more_the_longer_it_is(client):
    person = make.a_person()
    client.force_login(an_administrator())
    history = reverse("admin:portal_person_history", args=[person.pk])
    client.get(history)
    with CaptureQueriesContext(connection) as few:
        client.get(history)
    for number in range(30):
        person.title_en = f"Title {number}"
        person.save()
    with CaptureQueriesContext(connection) as many:
        client.get(history)

    assert len(many) == len(few)


def test_a_row_of_which_no_version_was_kept_has_a_history_all_the_same(client):
    person = make.a_person()
    person.history.all().delete()
    client.force_login(an_administrator())
    page = client.get(reverse("admin:portal_person_history", args=[person.pk]))

    assert (page.status_code, page.context["versions"]) == (200, [])


def card_versions(client, row):
    page = client.get(reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk]))
    return [one for one in page.context["versions"] if one.of], page


def test_what_belongs_to_a_row_is_told_in_its_history_and_put_back():
    person = make.a_person()
    link = person.links.create(url="https://example.org/", title_en="First", title_zh_hans="第一")
    link.title_en = "Second"
    link.save()
    client = signed_in(an_administrator())
    changed, made = card_versions(client, person)[0]
    assert [tuple(one) for one in changed.changes] == [("标题 · English", "First", "Second")]
    history = reverse("admin:portal_person_history", args=[person.pk])

    client.post(history, {"of": "portal.personlink", "version": made.id})
    link.refresh_from_db()
    assert link.title_en == "First"

    link.delete()
    deleted = card_versions(client, person)[0][0]
    assert deleted.kind == "-"
    client.post(history, {"of": "portal.personlink", "version": deleted.id})
    assert person.links.get().title_zh_hans == "第一"


def test_a_role_is_not_taken_back_out_of_the_history_by_who_may_not_give_it():
    chapter = make.a_chapter()
    client = signed_in(a_lead(chapter))
    gone = make.leads(make.a_person(), chapter)
    gone.delete()
    version = gone.history.model.objects.filter(history_type="-").get()

    answer = client.post(
        reverse("admin:meetups_chapter_history", args=[chapter.pk]),
        {"of": "meetups.leadership", "version": version.pk},
    )

    assert answer.status_code == 403
    assert chapter.leaderships.count() == 1


def go_back(client, row, version, **part):
    history = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])
    answer = client.post(history, {"version": version, **part}, follow=True)
    row.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


def test_a_version_gives_no_meetup_back_to_a_chapter_that_is_not_the_editors(in_english):
    chapter, other = make.a_chapter(), make.a_chapter()
    meetup = make.a_meetup("Theirs", chapters=[other])
    theirs = meetup.history.first().pk
    meetup.title_en = "Ours"
    meetup.save()
    meetup.chapters.set([chapter])

    told = go_back(signed_in(a_lead(chapter)), meetup, theirs)

    assert told == ["Nothing was restored: as it is now, or as it was then, it is not yours to edit."]
    assert (meetup.title_en, list(meetup.chapters.all())) == ("Ours", [chapter])


def test_a_version_ties_a_row_to_nobody_elses_drafts_and_says_so(in_english):
    chapter, draft = make.a_chapter(), make.a_chapter(published_at=None)
    hidden = make.a_meetup(chapters=[draft], published_at=None)
    meetup = make.a_meetup("Before", chapters=[chapter, draft], along_with=hidden)
    before = meetup.history.first().pk
    meetup.title_en, meetup.along_with = "After", None
    meetup.save()
    meetup.chapters.set([chapter])

    told = go_back(signed_in(a_lead(chapter)), meetup, before)

    assert told[-1] == "Not restored, since it is not yours to choose: held alongside, chapters."
    assert (meetup.title_en, meetup.along_with, list(meetup.chapters.all())) == ("Before", None, [chapter])
    go_back(signed_in(an_administrator()), meetup, before)
    assert (meetup.along_with.pk, set(meetup.chapters.all())) == (hidden.pk, {chapter, draft})


def test_a_version_ties_a_session_to_no_forum_that_is_not_the_producers(in_english):
    conference = make.a_conference()
    forum, other = make.a_forum(conference), make.a_forum(conference)
    session = make.a_session(conference, forum=other)
    theirs = session.history.first().pk
    session.forum = forum
    session.save()

    told = go_back(signed_in(a_producer(forum)), session, theirs)

    assert told == ["Nothing was restored: as it is now, or as it was then, it is not yours to edit."]
    assert session.forum == forum


def test_a_card_that_has_moved_to_anothers_row_is_not_taken_back():
    chapter = make.a_chapter()
    mine, other = make.a_meetup(chapters=[chapter]), make.a_meetup()
    part = make.a_part(mine, make.a_person())
    version = part.history.first().pk
    part.occasion = other
    part.save()

    go_back(signed_in(a_lead(chapter)), mine, version, of="portal.part")

    part.refresh_from_db()
    assert part.occasion_id == other.pk


def test_a_deleted_card_of_anothers_draft_is_not_put_back(in_english):
    chapter = make.a_chapter()
    meetup = make.a_meetup(chapters=[chapter])
    part = make.a_part(meetup, make.a_person(published_at=None))
    part.delete()
    version = part.history.model.objects.filter(history_type="-").get().pk

    told = go_back(signed_in(a_lead(chapter)), meetup, version, of="portal.part")

    assert told == ["It belonged to a row that is not yours to choose: person."]
    assert not meetup.parts.exists()
    go_back(signed_in(an_administrator()), meetup, version, of="portal.part")
    assert meetup.parts.exists()


def test_a_version_of_anothers_card_restores_nothing():
    person, other = make.a_person(), make.a_person()
    link = other.links.create(url="https://example.org/", title_en="Theirs")
    version = link.history.first().pk
    link.delete()

    answer = signed_in(an_administrator()).post(
        reverse("admin:portal_person_history", args=[person.pk]), {"of": "portal.personlink", "version": version}
    )

    assert answer.status_code == 403
    assert not other.links.exists()


def test_the_history_of_many_cards_asks_no_more(client):
    meetup = make.a_meetup()
    client.force_login(an_administrator())
    history = reverse("admin:meetups_meetup_history", args=[meetup.pk])

    def queries():
        make.a_part(meetup, make.a_person())
        make.partners(make.an_organization(), meetup)
        client.get(history)
        with CaptureQueriesContext(connection) as found:
            client.get(history)
        return len(found)

    few = queries()
    for _each in range(8):
        many = queries()
    assert many == few
