"""The button of a new form, pressed twice: one row, and both presses are led to it."""

import json

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.utils import timezone
from lxml import html

from events.models import Conference, Release
from meetups.models import Meetup
from portal.admin.forms import OrganizersForm
from portal.admin.stories import ArticleAdmin
from portal.models import Article, Organization
from tests import make
from tests.organizers import a_lead, an_administrator, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def nobody_has_pressed():
    cache.clear()


def as_served(client, page, **typed):
    """Return what a browser would send of the form on a page."""
    (form,) = html.fromstring(client.get(page).content).xpath("//form[@method='post'][.//*[@name='press']]")
    return dict(form.form_values()) | typed


def presses(client, page, data, times=2):
    """Return where each press of the button leads."""
    answers = [client.post(page, data) for _time in range(times)]
    assert [answer.status_code for answer in answers] == [302] * times
    return [answer["Location"] for answer in answers]


def test_a_new_row_is_made_once():
    client, page = signed_in(an_administrator()), "/admin/portal/article/add/"

    saved, again = presses(client, page, as_served(client, page, title_en="News", dated="2026-11-25", _save="Save"))

    assert (Article.objects.count(), again) == (1, saved)


def test_who_goes_back_and_types_something_else_makes_something_else():
    client, page = signed_in(an_administrator()), "/admin/portal/article/add/"
    data = as_served(client, page, title_en="News", dated="2026-11-25")

    presses(client, page, data, times=1)
    presses(client, page, data | {"title_en": "Other news"}, times=1)
    presses(client, page, as_served(client, page, title_en="News", dated="2026-11-25"), times=1)

    assert sorted(Article.objects.values_list("title_en", flat=True)) == ["News", "News", "Other news"]


def test_a_form_that_came_back_can_be_sent_again():
    client, page = signed_in(an_administrator()), "/admin/portal/article/add/"
    data = as_served(client, page)

    assert [client.post(page, data).status_code for _time in range(2)] == [200, 200]


def test_a_meetup_and_a_next_edition_are_made_once():
    chapter, conference = make.a_chapter(), make.a_conference()
    lead, chief = signed_in(a_lead(chapter)), signed_in(an_administrator())
    meetup, edition = (
        f"/admin/meetups/meetup/new/{chapter.pk}/",
        f"/admin/events/conference/{conference.pk}/next-edition/",
    )

    for client, page, typed in ((lead, meetup, {"title_en": "Lunch", "_draft": "1"}), (chief, edition, {})):
        made, again = presses(client, page, as_served(client, page, **typed))
        assert made == again

    assert (Meetup.objects.count(), Conference.objects.count()) == (1, 2)


def test_a_schedule_is_released_once():
    session = make.a_session(starts_at=timezone.now())
    chief, page = signed_in(an_administrator()), f"/admin/events/conference/{session.conference_id}/release/"

    released, again = presses(chief, page, as_served(chief, page, version="1"))

    assert released == again
    assert [row.version for row in Release.objects.all()] == ["1"]


def test_a_new_row_in_a_small_window_is_made_once_and_handed_on_twice():
    client, page = signed_in(an_administrator()), "/admin/portal/organization/add/?_popup=1"
    data = as_served(client, page, name_en="Open Body", _save="Save")

    first, again = (client.post(page, data) for _time in range(2))

    [made] = Organization.objects.all()
    for answer in (first, again):
        assert json.loads(html.fromstring(answer.content).xpath("//@data-popup-response")[0])["value"] == str(made.pk)


def test_who_wants_the_same_address_at_the_same_moment_gets_the_next(monkeypatch):
    client, page = signed_in(an_administrator()), "/admin/portal/article/add/"
    data = as_served(client, page, title_en="Harvest", dated="2026-11-25", _save="Save")
    save, clean, taken = ArticleAdmin.save_model, OrganizersForm.clean, []

    def save_second(self, request, row, *args):
        if not taken:
            taken.append(row.slug)
            raise IntegrityError
        save(self, request, row, *args)

    def clean_after_the_other(self):
        if taken and not Article.objects.exists():
            make.an_article("Another's", slug=taken[0])
        return clean(self)

    monkeypatch.setattr(ArticleAdmin, "save_model", save_second)
    monkeypatch.setattr(OrganizersForm, "clean", clean_after_the_other)
    presses(client, page, data, times=1)

    assert list(Article.objects.order_by("slug").values_list("slug", "title_en")) == [
        ("harvest", "Another's"),
        ("harvest-2", "Harvest"),
    ]
