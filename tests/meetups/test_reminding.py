"""Leads are reminded by mail: before a group's QR code expires, and of a recap that is still missing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from meetups.reminding import chapters_with_expiring_code, meetups_without_recap
from portal.tending import tend
from tests.make import a_chapter, a_meetup, an_article
from tests.organizers import a_lead, yesterday

pytestmark = pytest.mark.django_db


def a_chapter_with_a_lead(**fields):
    chapter = a_chapter(**fields)
    account = a_lead(chapter)
    account.email = f"{account.username}@example.org"
    account.save()
    return chapter, account


def tended(**later):
    """Do the chores, as of some time later; return what was mailed."""
    Email.objects.all().delete()
    list(tend(timezone.now() + timedelta(**later)))
    return [(mail.to[0], mail.subject) for mail in Email.objects.order_by("pk")]


def a_code(days):
    return {"group_qr": "groups/code.png", "group_qr_expires_on": timezone.localdate() + timedelta(days=days)}


def met(chapter, days_ago, **fields):
    start = timezone.now() - timedelta(days=days_ago, hours=3)
    return a_meetup("Lunch", chapters=[chapter], starts_at=start, ends_at=start + timedelta(hours=2), **fields)


def test_a_week_before_its_last_day_the_lead_is_told_of_the_code_once():
    chapter, account = a_chapter_with_a_lead(**a_code(days=9))

    assert tended() == []
    [(to, subject)] = tended(days=2)
    assert (to, chapter.name_en in subject) == (account.email, True)
    assert tended(days=2) == tended(days=3) == []


def test_a_new_code_is_told_of_anew():
    chapter, _account = a_chapter_with_a_lead(**a_code(days=3))
    tended()
    chapter.refresh_from_db()
    chapter.group_qr_expires_on += timedelta(days=30)
    chapter.save()

    assert tended() == []
    assert len(tended(days=28)) == 1


def test_nobody_is_told_where_nobody_leads_and_a_lead_who_comes_later_is():
    chapter = a_chapter(**a_code(days=3))
    former = a_lead(chapter, until=yesterday())
    former.email = "former@example.org"
    former.save()

    assert tended() == []
    new = a_lead(chapter)
    new.email = "new@example.org"
    new.save()
    assert [to for to, _subject in tended()] == ["new@example.org"]


def test_two_days_after_a_meetup_without_a_recap_its_leads_are_asked_once():
    chapter, account = a_chapter_with_a_lead()
    other, second = a_chapter_with_a_lead()
    met(chapter, days_ago=1).chapters.add(other)

    assert tended() == []
    assert {to for to, _subject in tended(days=1)} == {account.email, second.email}
    assert tended(days=2) == []


@pytest.mark.parametrize("how", ["recap", "draft", "cancelled", "unpublished", "long ago"])
def test_nobody_is_asked_for_a_recap_that_is_there_or_of_what_did_not_take_place(how):
    chapter, _account = a_chapter_with_a_lead()
    fields = {"cancelled": {"standing": "cancelled"}, "unpublished": {"published_at": None}}.get(how, {})
    meetup = met(chapter, days_ago=30 if how == "long ago" else 3, **fields)
    if how in ("recap", "draft"):
        an_article(kind="recap", **({"published_at": None} if how == "draft" else {})).occasions.add(meetup)

    # A draft of a recap is not read by anyone: its author is reminded.
    assert len(tended()) == (1 if how == "draft" else 0)


def test_a_dry_run_only_counts():
    a_chapter_with_a_lead(**a_code(days=3))

    counts = dict(tend(dry_run=True))

    assert not Email.objects.exists()
    assert 1 in counts.values()


def test_whom_to_remind_is_found_by_one_question_each(django_assert_num_queries):
    for _number in range(3):
        chapter, _account = a_chapter_with_a_lead(**a_code(days=3))
        met(chapter, days_ago=3)
    now = timezone.now()

    with django_assert_num_queries(2):
        assert (len(chapters_with_expiring_code(now)), len(meetups_without_recap(now))) == (3, 3)
