"""An invitation by mail makes an account with the rights of its role and no others; leaving it takes them at once."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group, User
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from events.models import Organizing, Production
from meetups.models import Leadership
from portal.inviting import CannotInvite, accept, invite, lapsed, link_of
from portal.models import Invitation, Person
from portal.rights import EDITOR, TRANSLATOR
from tests import make
from tests.organizers import (
    a_lead,
    a_producer,
    a_translator,
    an_administrator,
    an_editor,
    an_organizer,
    signed_in,
    yesterday,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORDS = "correct-horse-battery"


def page(row, kind):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{kind}", args=[row.pk])


def asked(client, row, role, **answers):
    sent = {"role": role, "email": "hong@example.org", "language": "en", **answers}
    return client.post(page(row, "invite"), sent, headers={"accept-language": "en"})


def asked_to_group(client, group, **answers):
    sent = {"role": group, "email": "hong@example.org", "language": "en", **answers}
    return client.post(reverse("admin:auth_user_invite"), sent)


def link():
    return re.search(r"http://testserver(\S+/invitation/\S+)", Email.objects.get().message)[1]


def accepted(path, name="hong"):
    answers = {"username": name, "password1": WORDS, "password2": WORDS}
    return Client().post(path, answers, headers={"accept-language": "en"})


def test_who_is_invited_by_mail_may_do_what_the_role_says_and_nothing_else():
    conference = make.a_conference()
    forum, other = make.a_forum(conference), make.a_forum(conference)
    organizer = signed_in(an_organizer(conference.series))
    asked(organizer, forum, "events.production", name="Hong", until="2099-12-31")
    mail = Email.objects.get()
    assert mail.to == ["hong@example.org"] and "producer" in mail.subject
    assert not User.objects.filter(email="hong@example.org").exists()

    assert accepted(link()).status_code == 302

    hong = User.objects.get(username="hong")
    assert (hong.is_staff, hong.is_superuser, hong.groups.count()) == (True, False, 0)
    assert str(Production.objects.get(person=hong.person).until) == "2099-12-31"
    client = Client()
    assert client.login(username="hong", password=WORDS)
    assert client.get(page(forum, "change")).status_code == 200
    assert client.get(page(other, "change")).status_code == 404
    assert client.get(page(conference, "change")).status_code == 403
    assert client.get(reverse("admin:portal_article_changelist")).status_code == 403

    Production.objects.update(since=None, until=yesterday())
    assert client.get(page(forum, "change")).status_code == 403


def test_a_link_works_once_and_for_seven_days(monkeypatch):
    chapter = make.a_chapter()
    invitation = invite(an_administrator(), make.a_person(), "hong@example.org", Leadership, chapter)
    path = link_of(invitation)
    later = signing.time.time() + 8 * 24 * 3600
    with monkeypatch.context() as patched:
        patched.setattr(signing.time, "time", lambda: later)
        assert Client().get(path).status_code == 410

    assert Client().get(path).status_code == 200
    accepted(path)

    again = Client().get(path, headers={"accept-language": "en"})
    assert again.status_code == 410
    assert '<a href="/admin/">Sign in</a>' in again.content.decode()  # by now there is an account
    assert accepted(path, "again").status_code == 410
    assert Client().get(path[:-5] + "xxxx/").status_code == 410
    assert User.objects.filter(username="again").count() == 0


def test_a_button_pressed_twice_makes_one_account():
    invitation = invite(an_administrator(), make.a_person(), "hong@example.org", Leadership, make.a_chapter())
    accept(invitation, "hong", WORDS)

    with pytest.raises(CannotInvite, match="used already"):
        accept(invitation, "again", WORDS)

    assert not User.objects.filter(username="again").exists()


def test_a_name_that_somebody_takes_at_the_same_moment_is_asked_for_again(monkeypatch):
    chief, chapter = an_administrator(), make.a_chapter()
    invitation = invite(chief, make.a_person("Hong"), "hong@example.org", Leadership, chapter)
    monkeypatch.setattr("portal.views.inviting.check", lambda _invitation: User.objects.create_user("hong"))
    monkeypatch.setattr("portal.views.inviting.BaseUserCreationForm", FormCheckedBefore)

    answer = accepted(link_of(invitation))

    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
    assert Invitation.objects.get() == invitation


class FormCheckedBefore(BaseUserCreationForm):
    """Finds every name free the first time, as if it had been checked before somebody took it."""

    checked = 0

    def validate_unique(self):
        FormCheckedBefore.checked += 1
        if FormCheckedBefore.checked > 1:
            super().validate_unique()


def test_a_weak_password_is_refused_and_a_name_is_ones_own():
    path = link_of(invite(an_administrator(), make.a_person(), "hong@example.org", Leadership, make.a_chapter()))

    told = Client().post(path, {"username": "administrator", "password1": "12345678", "password2": "12345678"})

    assert set(told.context["form"].errors) == {"username", "password2"}
    assert not Leadership.objects.exists()


def test_an_invitation_ends_with_the_rights_of_who_sent_it():
    conference = make.a_conference()
    organizer = an_organizer(conference.series)
    path = link_of(invite(organizer, make.a_person(), "hong@example.org", Production, make.a_forum(conference)))
    Organizing.objects.update(until=yesterday())

    assert accepted(path).status_code == 410
    assert not User.objects.filter(username="hong").exists()


def test_nobody_invites_to_more_than_they_may_give():
    forum, chapter = make.a_forum(), make.a_chapter()
    person = make.a_person()

    for account, role, scope in (
        (a_producer(forum), Production, forum),
        (a_lead(chapter), Leadership, chapter),
        (an_editor(), Leadership, chapter),
        (an_organizer(make.a_series()), Production, forum),
        (an_organizer(forum.conference.series), Organizing, forum.conference.series),
    ):
        with pytest.raises(CannotInvite):
            invite(account, person, "hong@example.org", role, scope)
        assert signed_in(account).get(page(scope, "invite")).status_code == 403


def test_an_account_brings_along_no_role_that_is_not_the_inviters_to_give():
    conference = make.a_conference()
    organizer, forum, lead = an_organizer(conference.series), make.a_forum(conference), make.a_person()
    make.leads(lead, make.a_chapter())

    with pytest.raises(CannotInvite):
        invite(organizer, lead, "organizer@example.org", Production, forum)

    later = make.a_person()
    invitation = invite(organizer, later, "hong@example.org", Production, forum)
    make.leads(later, make.a_chapter())
    with pytest.raises(CannotInvite):
        accept(invitation, "hong", WORDS)
    assert invite(an_administrator(), lead, "lead@example.org", Production, forum)


def test_who_has_an_account_needs_no_invitation():
    chapter, lead = make.a_chapter(), a_lead(make.a_chapter())

    told = asked(signed_in(an_administrator()), chapter, "meetups.leadership", person=lead.person.pk)

    assert "has an account already" in str(told.context["form"].errors)
    assert not Email.objects.exists()


@pytest.mark.parametrize(("group", "opens"), [(EDITOR, "portal_article_add"), (TRANSLATOR, "translations")])
def test_who_is_invited_to_a_group_is_in_that_group_and_no_other(group, opens):
    client = signed_in(an_administrator())
    shut = reverse("admin:auth_user_changelist")
    assert reverse("admin:auth_user_invite") in client.get(shut).content.decode()

    asked_to_group(client, group, name="Hong")
    assert group in Email.objects.get().subject
    assert accepted(link()).status_code == 302

    hong = User.objects.get(username="hong")
    assert ([one.name for one in hong.groups.all()], hong.is_superuser) == ([group], False)
    assert hong.person.name_en == "Hong" and hong.person.publication == "draft"
    assert signed_in(hong).get(reverse(f"admin:{opens}")).status_code == 200
    assert signed_in(hong).get(shut).status_code == 403


def test_an_invitation_to_a_group_is_the_administrators_to_give_and_waits_with_them():
    for account in (an_editor(), a_translator(), an_organizer(make.a_series()), a_lead(make.a_chapter())):
        assert signed_in(account).get(reverse("admin:auth_user_invite")).status_code == 403
        with pytest.raises(CannotInvite):
            invite(account, make.a_person(), "hong@example.org", Group, Group.objects.get(name=EDITOR))

    chief = an_administrator()
    client = signed_in(chief)
    asked_to_group(client, "chapter lead", name="Hong")
    assert not Invitation.objects.exists()
    asked_to_group(client, EDITOR, name="Hong")
    ((waiting, role),) = client.get(reverse("admin:auth_user_invite")).context["waiting"]
    assert (waiting.email, role) == ("hong@example.org", "editor")

    chief.groups.clear()
    assert accepted(link()).status_code == 410
    assert not User.objects.filter(username="hong").exists()


def test_a_role_whose_last_day_is_over_is_neither_offered_nor_given():
    chapter = make.a_chapter()
    client = signed_in(an_administrator())
    refused = asked(client, chapter, "meetups.leadership", name="Hong", until=yesterday().isoformat())
    assert refused.context["form"].errors == {"until": ["This day is over already."]}
    asked(client, chapter, "meetups.leadership", name="Hong", until=timezone.localdate().isoformat())
    path = link()
    Invitation.objects.update(until=yesterday())

    for answer in (Client().get(path), accepted(path)):
        assert answer.status_code == 410

    assert not User.objects.filter(username="hong").exists()


def test_an_invitation_to_what_is_deleted_by_now_says_so():
    chapter = make.a_chapter()
    asked(signed_in(an_administrator()), chapter, "meetups.leadership", name="Hong")
    chapter.delete()

    answer = accepted(link())

    assert answer.status_code == 410
    assert "What this invitation was for is gone." in answer.content.decode()


def test_an_invitation_is_listed_and_taken_back():
    chapter = make.a_chapter()
    client = signed_in(an_administrator())
    asked(client, chapter, "meetups.leadership", name="Hong")
    ((waiting, _role),) = client.get(page(chapter, "invite")).context["waiting"]
    told = {"person": make.a_person(), "role": waiting.role, "invited_by": waiting.invited_by}
    of_another = Invitation.objects.create(**told, scope_id=make.a_chapter().pk)

    client.post(page(chapter, "invite"), {"take_back": waiting.pk})
    assert accepted(link()).status_code == 410
    assert client.post(page(chapter, "invite"), {"take_back": of_another.pk}).status_code == 404
    assert list(Invitation.objects.all()) == [of_another]


def test_a_refused_invitation_leaves_no_profile_behind():
    client = signed_in(an_administrator())
    chapter = make.a_chapter()

    asked(client, chapter, "meetups.leadership", name="Hong", person=make.a_person().pk)
    asked(client, chapter, "meetups.leadership", name="Hong", email="no address")

    assert not Person.objects.filter(name_en="Hong").exists()


def test_invitations_that_nobody_accepts_are_deleted():
    invitation = invite(an_administrator(), make.a_person(), "hong@example.org", Leadership, make.a_chapter())
    assert not lapsed().exists()

    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=1))
    assert not lapsed().exists()
    assert list(lapsed(invitation.invited_at.replace(year=2099))) == [invitation]
