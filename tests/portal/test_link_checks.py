"""Dead links are found weekly and politely."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal import link_checks
from portal.link_checks import check, dead_links, due, forget_unused, note
from portal.models import LinkCheck, OccasionLink
from portal.outbound import Answer
from tests.make import a_chapter, a_link, a_meetup
from tests.organizers import a_lead


@pytest.mark.django_db
def test_a_link_is_first_looked_at_a_week_after_it_came_and_then_weekly():
    a_link(a_meetup(), url="https://shown.example/")
    a_link(a_meetup(published_at=None), url="https://draft.example/")
    now = timezone.now()

    assert due(now) == []
    assert due(now + timedelta(days=8)) == ["https://shown.example/"]

    note("https://shown.example/", 200, "")
    assert due(now + timedelta(days=6)) == []
    assert due(now + timedelta(days=8)) == ["https://shown.example/"]


@pytest.mark.django_db
def test_one_host_is_not_asked_twice_without_a_rest(monkeypatch):
    monkeypatch.setattr(link_checks, "ask", lambda url: Answer(200, url))
    rests = []

    list(check(["https://a.example/1", "https://b.example/", "https://a.example/2"], rest=rests.append))

    assert len(rests) == 1 and 0 < rests[0] <= link_checks.SECONDS_BETWEEN


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "finding"), [(200, ""), (404, "answers 404"), (403, ""), (500, "answers 500")])
def test_what_an_answer_means(monkeypatch, status, finding):
    monkeypatch.setattr(link_checks, "ask", lambda url: Answer(status, url))

    [row] = check(["https://a.example/"])

    assert (row.status, row.finding, bool(row.failing_since)) == (status, finding, bool(finding))


@pytest.mark.django_db
def test_a_link_is_dead_when_it_still_fails_days_later_and_is_told_to_whoever_may_mend_it():
    chapter = a_chapter()
    link = a_link(a_meetup(chapters=[chapter]), url="https://gone.example/")
    lead, stranger = a_lead(chapter), a_lead(a_chapter())
    row = note(link.url, None, "the name is not known")
    assert dead_links(lead) == []

    LinkCheck.objects.update(failing_since=timezone.now() - timedelta(days=7))
    row = note(link.url, None, "the name is not known")

    assert dead_links(lead) == [(link, row)]
    assert dead_links(stranger) == []

    note(link.url, 200, "")
    assert dead_links(lead) == []


@pytest.mark.django_db
def test_what_nobody_links_to_any_more_is_forgotten():
    link = a_link(a_meetup(), url="https://gone.example/")
    note(link.url, 404, "answers 404")

    OccasionLink.objects.all().delete()
    forget_unused()

    assert not LinkCheck.objects.exists()
