"""What is deleted in the admin comes back with all that went along."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Conference, Session, Speaking
from portal import binning
from portal.binning import old_in_bin, put_into_bin
from portal.models import Article, Binned, Person, Registration
from tests import make
from tests.organizers import an_administrator, an_editor, an_organizer, signed_in

pytestmark = pytest.mark.django_db


def deleted_in_admin(client, row):
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])
    return client.post(address, {"post": "yes"})


def put_back(client, binned):
    return client.post(reverse("admin:bin"), {"binned": binned.pk}, follow=True)


def test_a_conference_comes_back_with_its_programme_and_what_pointed_to_it():
    conference = make.a_conference("OpenConf'26", title_zh_hans="开放大会")
    session = make.a_session(forum=make.a_forum(conference, "Open Hardware"))
    person = make.a_person()
    make.speaks(person, session)
    article, album = make.an_article(), make.an_album(occasion=conference)
    article.occasions.add(conference)
    client = signed_in(an_administrator())

    deleted_in_admin(client, conference)
    assert not Conference.objects.exists() and not Session.objects.exists()

    put_back(client, Binned.objects.get())

    again = Conference.objects.get()
    assert (again.pk, again.title_en, again.title_zh_hans) == (conference.pk, "OpenConf'26", "开放大会")
    assert again.forums.get().title_en == "Open Hardware"
    assert Speaking.objects.get().person == person
    assert article.occasions.get().pk == conference.pk
    album.refresh_from_db()
    assert album.occasion_id == conference.pk
    assert not Binned.objects.exists()


def test_who_deletes_sees_what_goes_along_in_words_of_theirs():
    conference = make.a_conference("OpenConf'26", title_zh_hans="开放大会")
    make.a_forum(conference, "Open Hardware")
    make.an_article().occasions.add(conference)
    address = reverse("admin:events_conference_delete", args=[conference.pk])

    page = signed_in(an_administrator()).get(address, headers={"accept-language": "zh-hans"})

    assert page.context["deleted_objects"] and "Open Hardware" in str(page.context["deleted_objects"])
    assert "论坛" in dict(page.context["model_count"])
    assert "Article" not in page.content.decode()
    assert "回收站" in page.content.decode() and "30 天" in page.content.decode()


def test_what_others_refer_to_stays_and_says_what_to_do():
    organization = make.an_organization()
    partnership = make.partners(organization, make.a_conference())
    client, page = signed_in(an_administrator()), "/admin/portal/organization/"
    chosen = {"action": "delete_selected", "_selected_action": [organization.pk]}
    said = {
        "one": client.get(f"{page}{organization.pk}/delete/", headers={"accept-language": "en"}).content.decode(),
        "many": client.post(page, chosen, headers={"accept-language": "en"}).content.decode(),
    }

    for words in said.values():
        assert "the following still refers to it" in words and "merge them" in words
        assert f"/admin/portal/partnership/{partnership.pk}/change/" in words
    assert "clear its publication time" in said["one"]
    assert f'href="{page}{organization.pk}/change/">Back to' in said["one"]


@pytest.mark.usefixtures("in_english")
def test_where_people_have_sent_something_in_nothing_is_deleted_and_the_way_back_is_there():
    proposal = make.a_proposal()
    client, page = signed_in(an_administrator()), "/admin/events/conference/"
    conference = proposal.call.conference
    chosen = {"action": "delete_selected", "_selected_action": [conference.pk]}

    one = client.get(f"{page}{conference.pk}/delete/").content.decode()
    many = client.post(page, chosen).content.decode()

    for words in (one, many):
        assert "What people sent in they withdraw themselves" in words and "<li>proposal</li>" in words
    assert f'href="{page}{conference.pk}/change/">Back to' in one
    assert f'href="{page}">Conferences</a>' in many


def test_many_at_once_go_into_the_bin_one_by_one():
    people = [make.a_person(name) for name in ("Hong", "Ming")]
    client = signed_in(an_administrator())
    chosen = {"action": "delete_selected", "_selected_action": [person.pk for person in people]}
    page = client.post(reverse("admin:portal_person_changelist"), chosen)
    assert "回收站" in page.content.decode()

    client.post(reverse("admin:portal_person_changelist"), {**chosen, "post": "yes"})

    assert not Person.objects.exists()
    assert {one.title for one in Binned.objects.all()} == {"Hong", "Ming"}


def test_sign_ups_are_gone_for_good():
    desk = make.a_desk()
    make.a_registration(desk, "Hong")

    binned = put_into_bin(desk.occasion, None)

    assert "Hong" not in str(binned.rows)
    assert not Registration.objects.exists()


def test_several_at_once_come_back_one_by_one():
    one, other = make.an_article("One"), make.an_article("Other")
    client = signed_in(an_administrator())
    client.post(
        reverse("admin:portal_article_changelist"),
        {"action": "delete_selected", "_selected_action": [one.pk, other.pk], "post": "yes"},
    )
    assert not Article.objects.exists()

    put_back(client, Binned.objects.get(title="One"))

    assert Article.objects.get().title_en == "One"


def test_an_address_taken_meanwhile_is_told_and_nothing_is_half_done():
    person = make.a_person(slug="ming")
    client = signed_in(an_administrator())
    deleted_in_admin(client, person)
    make.a_person(slug="ming")

    page = put_back(client, Binned.objects.get())

    assert list(page.context["messages"])[-1].level_tag == "error"
    assert Person.objects.count() == 1
    assert Binned.objects.exists()


@pytest.mark.django_db(transaction=True)  # for whether references lead somewhere is asked when all is committed
def test_a_photo_whose_album_is_gone_waits_in_the_bin_for_it():
    album = make.an_album()
    photo = make.a_photo(album)
    client = signed_in(an_administrator())
    for row in (photo, album):
        deleted_in_admin(client, row)
    of_photo, of_album = Binned.objects.order_by("pk")

    page = put_back(client, of_photo)
    assert list(page.context["messages"])[-1].level_tag == "error"

    for binned in (of_album, of_photo):
        put_back(client, binned)
    assert list(album.photos.all()) == [photo]


def test_what_belonged_to_something_that_is_gone_says_so():
    conference = make.a_conference()
    rows = [make.a_booth(conference, spot="A1"), make.a_session(conference=conference), make.a_person()]
    rows[2] = make.a_part(conference, rows[2])
    binned = [put_into_bin(row, None) for row in rows]
    conference.delete()

    for one in binned:
        with pytest.raises(binning.CannotReturn, match="gone|不在"):
            binning.put_back(one)

    assert Binned.objects.count() == 3


def test_what_is_back_already_is_not_brought_back_over_it():
    person = make.a_person("Ming")
    binned = put_into_bin(person, None)
    binning.put_back(binned)
    Person.objects.update(name_en="Zhao Ming")

    with pytest.raises(binning.CannotReturn):
        binning.put_back(binned)

    assert Person.objects.get().name_en == "Zhao Ming"


def test_the_bin_is_for_administrators():
    conference = make.a_conference()

    for account in (an_editor(), an_organizer(conference.series)):
        assert signed_in(account).get(reverse("admin:bin")).status_code == 403


def test_after_thirty_days_it_is_forgotten():
    put_into_bin(make.an_article(), None)

    assert not old_in_bin().exists()
    assert old_in_bin(timezone.now() + timedelta(days=31)).exists()
