"""A lost session or an old form loses nothing that was typed, and no browser keeps a secret."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.models.signups import Signup
from portal.publishing import Curated
from portal.views.too_old import typed
from tests import make
from tests.organizers import an_administrator, signed_in

pytestmark = pytest.mark.django_db


def page(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_an_old_form_says_what_to_do_and_shows_what_was_typed():
    article = make.an_article()
    client = Client(enforce_csrf_checks=True)
    client.force_login(an_administrator())

    for language, words, label in (
        ("en", "Open the page again", "Title · English"),
        ("zh-hans", "重新打开", "标题 · English"),
    ):
        answer = client.post(
            page(article), {"title_en": "Long words", "body_zh_hans": "写了很久"}, headers={"accept-language": language}
        )
        text = answer.content.decode()
        assert answer.status_code == 403
        assert "Long words" in text and "写了很久" in text and words in text and label in text
        assert f'href="{page(article)}"' in text
        assert "no-store" in answer["Cache-Control"]
    article.refresh_from_db()
    assert article.title_en == "How it went"


def test_no_secret_is_shown_again_nor_the_button_that_was_pressed():
    words = {"password1": "many secret words", "csrfmiddlewaretoken": "a b", "title": "two words", "_save": "保存"}
    sent = RequestFactory().post("/", words)

    assert typed(sent.POST) == [("title", "two words")]


def test_a_lost_session_leads_back_to_the_form():
    article = make.an_article()
    client = signed_in(an_administrator())
    client.logout()

    answer = client.post(page(article), {"title_en": "Typed"})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={page(article)}")

    stranger = Client(enforce_csrf_checks=True).post(page(article), {"title_en": "Typed"})
    assert 'id="nav-sidebar"' not in stranger.content.decode()  # which would say that nothing may be seen here


def test_browsers_keep_forms_of_curated_rows_and_never_an_account_or_a_sign_up():
    client = signed_in(an_administrator())
    registration = make.a_registration(make.a_desk())
    application = make.an_application(make.a_role())
    kept = client.get(page(make.a_person()))

    assert b"change-form keeps" in kept.content
    for row in (registration, application, an_account_of(client)):
        assert b"change-form keeps" not in client.get(page(row)).content
    keeping = [model for model in admin.site._registry if getattr(admin.site._registry[model], "keeps_typed", False)]
    assert keeping
    assert all(issubclass(model, Curated) and not issubclass(model, Signup) for model in keeping)


def an_account_of(client):
    return client.get("/admin/").wsgi_request.user


def test_what_is_kept_is_kept_under_the_accounts_number():
    chief = an_administrator()

    answer = signed_in(chief).get(page(make.a_person()))

    assert answer.context["words"]["user"] == chief.pk
