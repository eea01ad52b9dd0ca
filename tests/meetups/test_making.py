"""The next meetup in five minutes: made like the template or the last one, public at once or as drafts of a series."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from meetups.models import AgendaItem, Meetup
from tests.make import a_chapter, a_desk, a_meetup, an_organization, partners
from tests.organizers import a_lead, signed_in

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def chapter():
    return a_chapter(slug="kcc-chengdu")


@pytest.fixture
def lead(chapter):
    client = signed_in(a_lead(chapter))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def address(chapter):
    return reverse("admin:meetups_meetup_new_of", args=[chapter.pk])


def the_last(chapter, **fields):
    start = datetime(2026, 11, 7, 14, 30, tzinfo=SHANGHAI)  # a Saturday
    when = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    where = {"place_en": "Tea house", "address_en": "1 Sample Road", "latitude": "30.5", "longitude": "104"}
    return a_meetup(chapters=[chapter], **{**when, **where, **fields})


def filled(client, chapter, button="_draft", **changes):
    """Send the form as it is suggested, with some changes."""
    form = client.get(address(chapter)).context["form"]
    data = {field.name: field.value() for field in form if field.value() not in (None, False)}
    data = {name: "on" if value is True else value for name, value in data.items()}
    return client.post(address(chapter), data | changes | {button: "1"}, follow=True)


@pytest.mark.parametrize("typed", [{"day": "9999-12-31"}, {"day": "0001-01-01"}, {"capacity": "99999999999"}])
def test_what_no_calendar_and_no_room_holds_is_refused(chapter, lead, typed):
    the_last(chapter)

    answer = filled(lead, chapter, **typed)

    assert list(answer.context["form"].errors) == list(typed)
    assert Meetup.objects.count() == 1


def test_the_only_chapter_of_a_lead_is_taken_without_asking(chapter, lead):
    assert lead.get(reverse("admin:meetups_meetup_new")).url == address(chapter)
    assert address(chapter) in lead.get(reverse("admin:meetups_chapter_change", args=[chapter.pk])).content.decode()
    assert reverse("admin:meetups_meetup_new") in lead.get(reverse("admin:meetups_meetup_changelist")).content.decode()


def test_who_leads_two_chapters_is_asked_which(chapter):
    other, account = a_chapter("KCC Mianyang"), a_lead(chapter)
    account.person.leaderships.create(chapter=other)

    page = signed_in(account).get(reverse("admin:meetups_meetup_new")).content.decode()

    assert address(chapter) in page
    assert address(other) in page


def test_the_first_meetup_of_a_chapter_needs_a_title_and_is_on_a_saturday(chapter, lead):
    filled(lead, chapter, title_en="Hello, Chengdu", capacity="20")

    meetup = Meetup.objects.get()
    start = meetup.starts_at.astimezone(SHANGHAI)
    assert (start.weekday(), start.hour, start > timezone.now()) == (5, 14, True)
    assert (meetup.publication, meetup.city, meetup.desk.capacity) == ("draft", chapter.city, 20)
    assert meetup.slug == f"kcc-chengdu-{start:%Y-%m-%d}"


def test_the_next_is_suggested_like_the_last_two_weeks_on(chapter, lead):
    a_desk(30, the_last(chapter), asks_phone="required")

    filled(lead, chapter, "_publish")

    meetup = Meetup.objects.latest("pk")
    start = meetup.starts_at.astimezone(SHANGHAI)
    assert ((start.date() - datetime(2026, 11, 7).date()).days % 14, f"{start:%H:%M}") == (0, "14:30")
    assert meetup.ends_at - meetup.starts_at == timedelta(hours=2)
    assert (meetup.place_en, float(meetup.latitude)) == ("Tea house", 30.5)
    assert (meetup.desk.capacity, meetup.desk.asks_phone) == (30, "required")
    assert meetup.publication == "published"
    assert list(meetup.chapters.all()) == [chapter]


def test_another_place_has_another_spot_on_the_map(chapter, lead):
    the_last(chapter, directions_en="Exit B")

    filled(lead, chapter, place_en="Library", address_en="")

    meetup = Meetup.objects.latest("pk")
    assert (meetup.place_en, meetup.latitude, meetup.directions_en) == ("Library", None, None)


def test_a_template_hands_on_its_text_its_agenda_and_its_partners_and_the_last_meetup_does_not(chapter, lead):
    template = the_last(chapter, body_en="Bring a laptop.", published_at=None)
    AgendaItem.objects.create(meetup=template, title_en="Doors open", starts_at=template.starts_at)
    partners(an_organization("Tea house"), template)
    the_last(chapter, title="The last one", starts_at=datetime(2026, 11, 8, 10, tzinfo=SHANGHAI), ends_at=None)

    filled(lead, chapter)
    assert Meetup.objects.latest("pk").title_en == "The last one"
    assert not Meetup.objects.latest("pk").agenda.exists()
    chapter.template = template
    chapter.save()
    filled(lead, chapter, begins="19:00", ends="21:00")

    meetup = Meetup.objects.latest("pk")
    assert (meetup.title_en, meetup.body_en) == (template.title_en, "Bring a laptop.")
    assert [(item.title_en, item.starts_at) for item in meetup.agenda.all()] == [("Doors open", meetup.starts_at)]
    assert meetup.partnerships.count() == 1


def test_a_template_is_one_of_the_chapters_own_meetups(chapter, lead):
    mine = the_last(chapter)
    the_last(a_chapter("KCC Guangzhou"))

    form = lead.get(reverse("admin:meetups_chapter_change", args=[chapter.pk])).context["adminform"].form

    assert list(form.fields["template"].queryset) == [mine]


def test_a_series_makes_drafts_that_each_must_be_published(chapter, lead):
    the_last(chapter)

    page = filled(lead, chapter, "_publish", times="3", weeks="1").content.decode()

    drafts = list(Meetup.objects.drafts().order_by("starts_at"))
    assert [later.starts_at - drafts[0].starts_at for later in drafts] == [timedelta(weeks=week) for week in range(3)]
    assert len({draft.slug for draft in drafts}) == 3
    assert "Nobody sees a draft until you publish it." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"begins": "18:00", "ends": "17:00"}, "It cannot end before it begins."),
        ({"begins": "17:00", "ends": "17:00"}, "It cannot end before it begins."),
        ({"capacity": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"capacity": "-1"}, "Ensure this value is greater than or equal to 1."),
        ({"title_en": ""}, "Write this in one language at least."),
        ({"day": "2020-02-02"}, "This day is over. Choose one ahead."),
        ({"day": "next week"}, "Enter a valid date."),
        ({"times": "99"}, "Ensure this value is less than or equal to 12."),
        ({"mode": "online", "place_en": "Library"}, "An occasion that is online only has no place."),
        ({"title_en": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_nonsense_is_answered_with_a_sentence_and_what_was_typed(chapter, lead, changes, sentence):
    the_last(chapter)

    answer = filled(lead, chapter, "_publish", **{"address_en": "9 Typed Street", **changes})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "9 Typed Street" in answer.content.decode()
    assert Meetup.objects.count() == 1


def test_emoji_and_right_to_left_text_are_titles_like_any_other(chapter, lead):
    filled(lead, chapter, "_publish", title_en="🎉 مرحبا بالعالم", place_en="בית קפה ☕")

    meetup = Meetup.objects.get()
    page = lead.get(f"/en/meetups/{meetup.slug}/").content.decode()
    assert "🎉 مرحبا بالعالم" in page
    assert "בית קפה ☕" in page


def test_the_lead_of_another_chapter_makes_none_here(chapter):
    stranger = signed_in(a_lead(a_chapter("KCC Guangzhou")))

    assert stranger.get(address(chapter)).status_code == 404
    assert stranger.post(address(chapter), {"title_en": "Ours"}).status_code == 404
    assert not Meetup.objects.exists()
