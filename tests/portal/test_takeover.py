"""Another community takes the portal over by settings and content: no name, word or colour of the first is left."""

import email
import email.policy
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override
from lxml import html

from meetups.models import Chapter, Meetup
from portal import outbox, registering
from portal.group_labels import GROUP_LABELS
from portal.mail import sender
from portal.models import Community
from portal.rights import CHAPTER_LEAD
from tests.make import a_chapter, a_city, a_conference, a_desk, a_meetup, a_series, an_article
from tests.organizers import an_administrator, signed_in

pytestmark = pytest.mark.django_db

FIRST = ("kaiyuanshe", "开源社", "kcc", "coscon")
WORDS = {"en": ("chapter",), "zh-hans": ("城市社区",)}
# A share image's address bears a signature, in which some key of a test run spells one of them.
SIGNED = re.compile(r"/posters/\S+")
PAGES = (
    *("", "conferences/", "conferences/harvest/", "meetups/", "meetups/supper/", "meetups/supper/register/"),
    *("chapters/", "chapters/lyon/", "photos/", "news/", "news/harvest-home/", "search/", "search/?q=zzzz"),
    *("calendar.ics", "feed.xml", "chapters/lyon/feed.xml", "chapters/lyon/calendar.ics", "no-such-page/"),
)


@pytest.fixture
def meetup():
    community = Community.current()
    told = {
        "name": ("Le Potager", "菜园"),
        "tagline": ("Growing things", "种点东西"),
        "word_for_chapter": ("Regional group", "分站"),
        "word_for_chapters": ("Regional groups", "分站"),
    }
    for field, (english, chinese) in told.items():
        setattr(community, f"{field}_en", english)
        setattr(community, f"{field}_zh_hans", chinese)
    community.accent, community.email = "#8a3ffc", "bonjour@potager.example"
    community.save()
    series = a_series("Harvest", slug="harvests", name_zh_hans="丰收")
    a_conference("Harvest", slug="harvest", series=series, title_zh_hans="丰收节")
    lyon = a_chapter("Lyon", slug="lyon", city=a_city("Lyon", name_zh_hans="里昂"), name_zh_hans="里昂")
    an_article("Harvest home", slug="harvest-home", title_zh_hans="收成")
    soon = timezone.now() + timedelta(days=3)
    when = {"starts_at": soon, "ends_at": soon + timedelta(hours=2)}
    return a_meetup("Supper", slug="supper", chapters=[lyon], title_zh_hans="晚饭", **when)


def left_over(text, language):
    """Return the words of the first community, and those for its chapters, in a text without its addresses."""
    text = SIGNED.sub("", text).lower().replace("/chapters/", "/").replace('"chapters"', "").replace("chapter=", "")
    return [word for word in (*FIRST, *WORDS[language]) if word in text]


def visible(answer):
    """Return what a reader gets: the words of a page, or the whole of a file."""
    if "html" not in answer["Content-Type"]:
        return answer.content.decode()
    page = html.fromstring(answer.content)
    for silent in page.xpath("//script|//style"):
        silent.drop_tree()
    told = page.xpath("//@alt|//@title|//@aria-label|//@placeholder|//meta/@content")
    return " ".join([page.text_content(), *told])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_or_feed_keeps_a_word_of_the_first_community(client, meetup, language, path):
    a_desk(3, meetup)

    text = visible(client.get(f"/{language}/{path}"))

    assert left_over(text, language) == []
    assert path.endswith("calendar.ics") or ("Le Potager" if language == "en" else "菜园") in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_mail_keeps_no_word_of_the_first_community(meetup, language):
    registering.request_seat(a_desk(3, meetup), name="Rose", email="rose@example.org", language=language)
    outbox.send_due()

    [sent] = mail.outbox
    assert left_over(f"{sent.subject} {sent.body} {sent.from_email}", language) == []


@pytest.mark.parametrize(("language", "name"), [("en", "Le Potager"), ("zh-hans", "菜园")])
def test_a_mail_is_from_it_signed_by_it_and_answered_to_it(meetup, language, name):
    registering.request_seat(a_desk(3, meetup), name="Rose", email="rose@example.org", language=language)
    outbox.send_due()

    [sent] = mail.outbox
    head = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    assert [one.display_name for one in head["From"].addresses] == [name]
    assert (head["Reply-To"], head["Auto-Submitted"]) == ("bonjour@potager.example", "auto-generated")
    assert sent.body.endswith(f"\n\n-- \n{name}\nhttp://testserver\nbonjour@potager.example\n")


@pytest.mark.parametrize(
    ("set_to", "name", "told"),
    [
        ("Hello <hello@potager.example>", "Le Potager", "Hello <hello@potager.example>"),
        ("hello@potager.example", 'Potager, "Le"\nBcc: x', '"Potager, \\"Le\\" Bcc: x" <hello@potager.example>'),
    ],
)
def test_a_sender_who_is_named_stays_and_a_name_is_one_whatever_is_in_it(settings, set_to, name, told):
    settings.DEFAULT_FROM_EMAIL = set_to

    assert sender(Community(name_en=name, name_zh_hans=name)) == told


@pytest.mark.parametrize(("asked_for", "shown"), [("pt-PT,pt;q=0.9", "/en/"), ("zh-CN", "/zh-hans/"), ("", "/en/")])
def test_who_asks_for_neither_language_gets_its_own(client, settings, asked_for, shown):
    settings.LANGUAGE_CODE = "en"

    assert client.get("/", headers={"accept-language": asked_for}).url == shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_organizers_work_under_its_name(client, meetup, language):
    user = get_user_model().objects.create_superuser("rose", "rose@example.org", "x")
    client.force_login(user)
    client.cookies["django_language"] = language
    lyon = meetup.chapters.get()
    for path in (
        "/admin/",
        *("/admin/meetups/chapter/", "/admin/meetups/chapter/add/"),
        *("/admin/meetups/meetup/", "/admin/meetups/meetup/new/"),
        *(f"/admin/meetups/chapter/{lyon.pk}/{page}/" for page in ("change", "delete", "history", "invite")),
        *(f"/admin/meetups/meetup/{meetup.pk}/{page}/" for page in ("change", "history")),
        "/admin/auth/user/invite/",
    ):
        assert (path, left_over(visible(client.get(path, follow=True)), language)) == (path, [])


@pytest.mark.parametrize(("language", "word"), [("en", "Regional group lead"), ("zh-hans", "分站负责人")])
def test_roles_and_models_go_by_its_word(meetup, language, word):
    with override(language):
        assert capfirst(GROUP_LABELS[CHAPTER_LEAD]) == word
        assert str(Chapter._meta.verbose_name) in word
        assert str(Meetup._meta.get_field("chapters").verbose_name) in ("Regional groups", "分站")


def test_what_stays_in_the_database_keeps_the_plain_word(meetup):
    assert Chapter._meta.verbose_name_raw == "chapter"


def test_its_colour_is_the_colour_of_the_portal(client, meetup):
    assert "#8a3ffc" in client.get("/theme.css").content.decode().lower()


@pytest.mark.parametrize("kind", ["portal_city", "meetups_meetup", "events_conference"])
def test_what_is_new_goes_by_the_clock_of_the_community(settings, kind):
    settings.TIME_ZONE = "Europe/Lisbon"

    page = html.fromstring(signed_in(an_administrator()).get(reverse(f"admin:{kind}_add")).content)

    assert page.get_element_by_id("id_time_zone").value == "Europe/Lisbon"
