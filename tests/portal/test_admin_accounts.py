"""The admin of accounts, where two want one name to sign in with."""

import pytest
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import User
from django.urls import reverse

from tests.organizers import an_account, an_administrator, data_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def pass_once(monkeypatch, form, check, passed):
    """Let a check of a form find every name free the first time, as if somebody took it right afterwards."""
    is_first, real = [True], getattr(form, check)
    monkeypatch.setattr(form, check, lambda self: passed(self) if is_first and is_first.pop() else real(self))


def test_a_new_account_whose_name_is_taken_at_the_same_moment_is_asked_for_again(monkeypatch):
    client, page = signed_in(an_administrator()), reverse("admin:auth_user_add")
    an_account("hong")
    pass_once(monkeypatch, AdminUserCreationForm, "clean_username", lambda form: form.cleaned_data["username"])
    pass_once(monkeypatch, AdminUserCreationForm, "validate_unique", lambda form: None)

    answer = client.post(page, {"username": "hong", "usable_password": "false"})

    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
    assert User.objects.filter(username="hong").count() == 1


def test_an_account_is_renamed_to_what_is_taken_at_the_same_moment(monkeypatch):
    client, page = signed_in(an_administrator()), reverse("admin:auth_user_change", args=[an_account("ming").pk])
    an_account("hong")
    pass_once(monkeypatch, UserChangeForm, "validate_unique", lambda form: None)

    answer = client.post(page, data_of(client.get(page)) | {"username": "hong"})

    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
    assert User.objects.filter(username="ming").exists()
