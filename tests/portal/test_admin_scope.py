"""What may be tied to what, who takes what away from themselves, and rights that end with their role."""

import json

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from portal.models import Album, Community, Desk, Part, Person
from portal.scope import choices_for
from tests import make
from tests.organizers import (
    a_lead,
    a_producer,
    a_translator,
    an_account,
    an_administrator,
    an_editor,
    an_organizer,
    data_of,
    signed_in,
    yesterday,
)

pytestmark = pytest.mark.django_db


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def saved(client, row, **values):
    """Open the row's form, change values, save; return the response."""
    return client.post(change(row), data_of(client.get(change(row))) | values)


def found_by_typing(client, model, field, term=""):
    """Return the labels that typing into a field offers; None where the door is closed."""
    app_label, model_name = model.split(".")
    query = {"app_label": app_label, "model_name": model_name, "field_name": field, "term": term}
    response = client.get(reverse("admin:autocomplete"), query)
    if response.status_code != 200:
        return None
    return [one["text"] for one in json.loads(response.content)["results"]]


def test_a_lead_shares_a_meetup_and_cannot_give_it_away():
    mine, other = make.a_chapter(), make.a_chapter()
    meetup, _stays_mine = make.a_meetup(chapters=[mine]), make.a_meetup(chapters=[mine])
    client = signed_in(a_lead(mine))

    assert saved(client, meetup, chapters=[mine.pk, other.pk]).status_code == 302
    refused = saved(client, meetup, chapters=[other.pk], title_en="Taken along")

    assert refused.status_code == 200
    assert refused.context["adminform"].form.errors
    assert b"Taken along" in refused.content
    assert set(meetup.chapters.all()) == {mine, other}


def test_a_lead_who_also_translates_writes_the_texts_alone_of_what_is_anothers():
    mine, other = make.a_chapter(), make.a_chapter()
    lead = a_lead(mine)
    lead.groups.set(a_translator().groups.all())
    own, anothers = make.a_meetup(chapters=[mine]), make.a_meetup(chapters=[other])
    client = signed_in(lead)
    client.get(change(own))

    for meetup in (anothers, own):
        saved(client, meetup, title_en="Renamed", standing="cancelled")
        client.post(reverse("admin:meetups_meetup_delete", args=[meetup.pk]), {"post": "yes"})

    assert list(type(own).objects.values_list("pk", "title_en", "standing")) == [(anothers.pk, "Renamed", "scheduled")]


def test_a_translator_who_forges_the_button_publishes_nothing():
    draft = make.a_meetup(published_at=None)
    translator = signed_in(a_translator())

    saved(translator, draft, title_en="Renamed", _publish="1")

    draft.refresh_from_db()
    assert (draft.title_en, draft.is_published) == ("Renamed", False)
    assert not translator.get(change(draft)).context["can_publish"]


def test_a_lead_adds_to_their_own_alone_and_ties_to_what_is_public_as_well():
    mine, other = make.a_chapter(), make.a_chapter()
    own, draft = make.a_meetup(chapters=[mine]), make.a_meetup(chapters=[mine], published_at=None)
    public, _hidden = make.a_meetup(chapters=[other]), make.a_meetup(chapters=[other], published_at=None)
    lead = a_lead(mine)

    added_to, tied_to = (choices_for(model._meta.get_field("occasion"), lead) for model in (Part, Album))

    assert {row.pk for row in added_to} == {own.pk, draft.pk}
    assert {row.pk for row in tied_to} == {own.pk, draft.pk, public.pk}


def test_a_lead_makes_no_meetup_of_another_chapter():
    mine, other = make.a_chapter(), make.a_chapter()
    client = signed_in(a_lead(mine))
    add = reverse("admin:meetups_meetup_add")
    data = data_of(client.get(add)) | {"title_en": "Theirs", "first_day": "2026-12-01", "chapters": [other.pk]}

    assert client.post(add, data | {"forum": ""}).status_code == 200
    assert not other.meetups.exists()

    assert client.post(add, data | {"chapters": [mine.pk]}).status_code == 302
    assert mine.meetups.get().title_en == "Theirs"


def test_typing_finds_who_is_public_and_what_one_made_oneself():
    lead = a_lead(make.a_chapter())
    make.a_person("Public Ming")
    make.a_person("Drafted Ming", published_at=None)
    make.a_person("My Ming", published_at=None, entered_by=lead)

    offered = found_by_typing(signed_in(lead), "portal.part", "person", "Ming")

    assert {"Public Ming", "My Ming"} <= set(offered)
    assert "Drafted Ming" not in offered


def test_typing_in_chinese_and_by_former_names_finds_people():
    person = make.a_person("Biaowei Zhuang", name_zh_hans="庄表伟")
    person.names.create(name="老庄")
    client = signed_in(an_editor())

    for term in ("庄表", "Zhuang", "老庄"):
        assert "庄表伟" in found_by_typing(client, "portal.article", "authors", term) or (
            "Biaowei Zhuang" in found_by_typing(client, "portal.article", "authors", term)
        )


def test_typing_is_closed_to_who_may_not_touch_such_rows():
    assert found_by_typing(signed_in(an_account("guest")), "portal.article", "authors") is None
    assert found_by_typing(signed_in(a_lead(make.a_chapter())), "portal.person", "user") == []


def test_a_producer_puts_sessions_into_the_forum_they_produce_and_no_other():
    conference = make.a_conference(published_at=None)
    mine, other = make.a_forum(conference), make.a_forum(conference)
    client = signed_in(a_producer(mine))
    add = reverse("admin:events_session_add") + f"?conference={conference.pk}"
    data = data_of(client.get(add)) | {"title_en": "Talk"}

    assert client.post(add, data | {"forum": other.pk}).status_code == 200
    assert client.post(add, data | {"forum": ""}).status_code == 200
    assert not conference.sessions.exists()

    assert client.post(add, data | {"forum": mine.pk}).status_code == 302
    assert conference.sessions.get().forum == mine


def test_rows_are_added_to_ones_own_conference_only():
    conference, other = make.a_conference(), make.a_conference()
    client = signed_in(an_organizer(conference.series))

    page = client.get(reverse("admin:events_venue_add"), {"conference": other.pk})

    assert [str(one.pk) for one in page.context["parents"]] == [str(conference.pk)]


def test_who_makes_a_person_may_mend_them_until_somebody_else_uses_them():
    lead = a_lead(make.a_chapter())
    client = signed_in(lead)
    add = reverse("admin:portal_person_add")
    client.post(add, data_of(client.get(add)) | {"name_en": "New Ming"})
    person = Person.objects.get(name_en="New Ming")
    assert person.entered_by == lead
    assert saved(client, person, title_en="Maintainer").status_code == 302

    make.speaks(person, make.a_session())

    assert client.get(change(person)).status_code == 404
    assert person not in client.get(reverse("admin:portal_person_changelist")).context["cl"].result_list


def test_what_no_page_of_its_own_tells_of_is_used_by_others_all_the_same():
    lead = a_lead(make.a_chapter())
    body, report = make.an_organization(entered_by=lead), make.a_source(entered_by=lead)

    def theirs():
        return [row for row in (body, report) if type(row).objects.editable_by(lead).filter(pk=row.pk).exists()]

    assert theirs() == [body, report]
    Community.objects.create(name_en="Us", organization=body)
    assert theirs() == [report]
    Desk.objects.filter(pk=make.a_desk().pk).update(source=report)
    assert theirs() == []


def test_leaving_a_role_takes_its_rights_at_once():
    chapter = make.a_chapter()
    lead = a_lead(chapter)
    client = signed_in(lead)
    assert client.get(change(chapter)).status_code == 200

    chapter.leaderships.update(until=yesterday())

    assert client.get(change(chapter)).status_code == 403
    assert client.get(reverse("admin:meetups_meetup_changelist")).status_code == 403


def test_membership_in_a_group_of_mandates_gives_nothing_without_the_mandate():
    account = an_account("pretender", "chapter lead", "conference organizer")

    assert signed_in(account).get(reverse("admin:meetups_meetup_changelist")).status_code == 403


def test_nobody_ties_an_account_to_a_person_but_who_makes_accounts():
    person, editor = make.a_person(), an_editor()
    client = signed_in(editor)

    saved(client, person, user=editor.pk, title_en="Editor")

    person.refresh_from_db()
    assert (person.user, person.title_en) == (None, "Editor")


def test_an_administrator_makes_nobody_mightier_than_themselves():
    chief, other = User.objects.create_superuser("chief"), an_account("other")
    client = signed_in(an_administrator())

    assert client.get(reverse("admin:auth_user_change", args=[chief.pk])).status_code == 302
    page = reverse("admin:auth_user_change", args=[other.pk])
    client.post(page, data_of(client.get(page)) | {"is_superuser": "on"})

    other.refresh_from_db()
    assert not other.is_superuser


def test_actions_touch_only_what_is_ones_own():
    mine, other = make.a_chapter(), make.a_chapter()
    own, theirs = make.a_meetup(chapters=[mine]), make.a_meetup(chapters=[other])
    client = signed_in(a_lead(mine))

    client.post(
        reverse("admin:meetups_meetup_changelist"), {"action": "unpublish", "_selected_action": [own.pk, theirs.pk]}
    )

    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.publication, theirs.publication) == ("draft", "published")


def test_a_producer_of_one_forum_need_not_choose_it():
    forum = make.a_forum()
    make.a_forum(forum.conference)
    producer = a_producer(forum)
    address = reverse("admin:events_session_add", query={"conference": forum.conference_id})

    assert signed_in(producer).get(address).context["adminform"].form["forum"].value() == forum.pk

    make.produces(producer.person, make.a_forum(forum.conference))
    assert not signed_in(producer).get(address).context["adminform"].form["forum"].value()


def test_who_goes_astray_in_the_admin_is_shown_the_way_back():
    editor, start = signed_in(an_editor()), reverse("admin:index")

    for path, status in ((change(make.a_chapter()), 403), ("/admin/nowhere/", 404), ("/en/nowhere/", 404)):
        answer = editor.get(path)
        assert answer.status_code == status
        assert (f'href="{start}"' in answer.content.decode()) == path.startswith(start)
