"""What visitors see of rows that are seen with a parent, and of those that are nobody's to see."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from events.models import Speaking
from meetups.models import Meetup
from portal.models import Album, Photo
from portal.publishing import PrivateQuerySet, previewing
from tests.make import a_conference, a_meetup, a_person, a_photo, a_session, an_album, speaks

pytestmark = pytest.mark.django_db


def private_models():
    return [model for model in apps.get_models() if isinstance(model._default_manager.all(), PrivateQuerySet)]


@pytest.mark.parametrize("model", private_models(), ids=lambda model: model.__name__)
def test_what_people_signed_up_with_is_public_to_nobody_and_costs_no_query(model, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(model.objects.published()) == []


def test_sign_ups_of_every_kind_are_private():
    names = {model.__name__ for model in private_models()}
    assert names >= {"Registration", "Application", "Assignment", "Proposal", "BoothApplication"}


def test_a_row_is_seen_with_the_parent_of_its_parent_at_its_minute():
    tomorrow = timezone.now() + timedelta(days=1)
    session = a_session(a_conference(published_at=tomorrow))
    speaks(a_person(), session)

    assert list(Speaking.objects.published()) == []
    assert list(Speaking.objects.published(tomorrow)) == list(Speaking.objects.all())


def test_whoever_previews_a_draft_sees_the_rows_that_belong_to_it_and_no_others():
    draft, other = a_conference(published_at=None), a_conference(published_at=None)
    mine, _theirs = a_session(draft), a_session(other)

    with previewing(draft):
        assert list(type(mine).objects.published()) == [mine]
    assert list(type(mine).objects.published()) == []


def test_the_way_to_a_row_leads_through_all_that_hides_it():
    """An album's cover is a photo: its own album decides, and whether somebody had it hidden."""
    shown, hidden = a_photo(an_album()), a_photo(an_album(), hidden_at=timezone.now())
    of_draft = a_photo(an_album(published_at=None))
    for photo in (shown, hidden, of_draft):
        an_album(cover=photo)

    public = Photo.objects.all().public(timezone.now(), "cover__")

    assert [album.cover for album in Album.objects.filter(public)] == [shown]


def test_publishing_writes_over_nothing_that_somebody_saved_since_the_row_was_read():
    draft = a_conference("OpenConf'26", published_at=None)
    read_before = type(draft).objects.get(pk=draft.pk)
    draft.title_en = "OpenConf 2026"
    draft.save()

    read_before.publish(None)
    draft.refresh_from_db()
    assert (draft.title_en, draft.is_published) == ("OpenConf 2026", True)

    read_before.unpublish()
    draft.refresh_from_db()
    assert (draft.title_en, draft.is_published) == ("OpenConf 2026", False)


def test_publishing_leaves_alone_until_when_an_occasion_lasts():
    meetup = a_meetup(published_at=None)
    read_before = Meetup.objects.get(pk=meetup.pk)
    meetup.ends_at = meetup.starts_at + timedelta(hours=3)
    meetup.save()

    read_before.publish(None)

    meetup.refresh_from_db()
    assert (meetup.is_published, meetup.over_at) == (True, meetup.ends_at)
