"""Before a change of something public goes live: former and new values, side by side, and nothing saved yet."""

import pytest
from django.urls import reverse

from portal.models import Figure
from portal.wording import differing
from tests import make
from tests.organizers import a_translator, an_administrator, data_of, signed_in

pytestmark = pytest.mark.django_db


def page(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def reviewed(client, row, **values):
    data = data_of(client.get(page(row))) | values | {"_review": "1"}
    return client.post(page(row), data, headers={"accept-language": "en"})


def told(response):
    """Return {row: {field: [(language, pieces)]}} of a review."""
    return {
        title: {one.label: [(side.language, side.pieces) for side in one.sides] for one in differences}
        for title, _what, differences in response.context["review"]
    }


def test_both_languages_are_shown_as_they_were_and_as_they_will_be():
    client = signed_in(an_administrator())
    article = make.an_article("Old words", title_zh_hans="旧标题", kind="news")

    response = reviewed(client, article, title_en="New words", kind="recap")

    (changes,) = told(response).values()
    assert changes["Title"] == [
        ("zh-hans", [("same", "旧标题")]),
        ("en", [("gone", "Old"), ("new", "New"), ("same", " words")]),
    ]
    assert set(changes) == {"Title", "Kind"}
    article.refresh_from_db()
    assert article.title_en == "Old words"
    assert not article.history.exclude(history_type="+").exists()


def test_confirming_saves_what_was_typed_cards_included():
    client = signed_in(an_administrator())
    meetup = make.a_meetup("Lunch")
    figure = make.a_figure(meetup, value=5)

    response = reviewed(client, meetup, title_en="Dinner", **{"figures-0-value": "7"})
    assert "7" in str(told(response).values())
    assert response.context["errors"] == ""
    assert Figure.objects.get().value == 5
    client.post(page(meetup), data_of(response) | {"_save": "1"})

    meetup.refresh_from_db()
    figure.refresh_from_db()
    assert (meetup.title_en, figure.value) == ("Dinner", 7)


def test_what_a_browser_does_to_line_ends_is_no_change():
    client = signed_in(an_administrator())
    standing = make.a_page(body_en="One\n\nTwo\n")

    response = reviewed(client, standing, body_en="One\r\n\r\nTwo\r\n")
    assert response.context["review"] == []
    client.post(page(standing), data_of(client.get(page(standing))) | {"body_en": "One\r\n\r\nTwo"})

    standing.refresh_from_db()
    assert standing.body_en == "One\n\nTwo\n"


def test_what_cannot_be_saved_is_told_instead():
    client = signed_in(an_administrator())
    article = make.an_article("Title")

    response = reviewed(client, article, title_en="", dated="soon")

    assert "review" not in response.context
    assert set(response.context["adminform"].form.errors) >= {"dated"}


def test_the_button_is_there_where_something_public_would_change():
    client = signed_in(an_administrator())
    public, draft = make.an_article(), make.an_article(published_at=None)
    forum = make.a_forum(make.a_conference())

    for row, shown in ((public, True), (draft, False), (forum, True)):
        assert (b'name="_review"' in client.get(page(row)).content) is shown


def test_a_translator_reviews_the_texts_that_they_may_write():
    article = make.an_article("Title")

    response = reviewed(signed_in(a_translator()), article, title_zh_hans="标题")

    assert list(told(response).values()) == [{"Title": [("zh-hans", [("new", "标题")]), ("en", [("same", "Title")])]}]


def test_chinese_is_compared_by_characters_and_long_texts_by_lines():
    assert differing("开源社区", "开源的社区") == [("same", "开源"), ("new", "的"), ("same", "社区")]
    line = "words and more words\n" * 2000
    assert differing(line, f"{line}one more") == [("same", line), ("new", "one more")]
