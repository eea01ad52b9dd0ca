"""Atom feeds (RFC 4287): what is new, for those who would rather be told than look."""

from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import dates
from portal.context import community_of
from portal.languages import HTML_LANG, fallback_lang
from portal.linked_data import absolute
from portal.models import Article, Occasion
from portal.pagecache.marking import public_page

MOST_ENTRIES = 30


class Feed(Atom1Feed):
    """An Atom feed whose entries carry their whole text, and their language where it is not the feed's."""

    def item_attributes(self, item):
        return {"xml:lang": item["lang"]} if item["lang"] else {}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["html"]:
            handler.addQuickElement("content", item["html"], {"type": "html"})


@dataclass(frozen=True)
class Entry:
    """One entry. `uid` never changes while the row lives, not even when its address does; `text` is plain."""

    uid: str
    title: str
    lang: str
    path: str
    text: str
    published: datetime
    updated: datetime
    html: str = ""


@public_page()
def feed(request):
    """The site's feed: articles, and each conference or meetup once it is announced."""
    community = community_of(request)
    articles = Article.objects.published().order_by("-published_at")[:MOST_ENTRIES]
    occasions = Occasion.objects.published().select_related("city").order_by("-published_at")[:MOST_ENTRIES]
    entries = [*map(article_entry, articles), *map(occasion_entry, occasions)]
    return answer(request, entries, title=community.name, subtitle=community.tagline, path=reverse("home"))


def article_entry(article):
    return Entry(
        uid=tag_of(article, "article"),
        title=article.title,
        lang=fallback_lang(article, "title"),
        path=article.get_absolute_url(),
        text=article.summary,
        html=article.body_html,
        published=article.published_at,
        updated=article.updated_at,
    )


def occasion_entry(occasion):
    """Say when and where first; what is called off says so in its title. Reads `city`."""
    titles = {
        Occasion.Standing.CANCELLED: _("Cancelled: %(title)s"),
        Occasion.Standing.POSTPONED: _("Postponed: %(title)s"),
    }
    told = [
        dates.written(occasion, get_language()),
        occasion.city.name if occasion.city_id else "",
        occasion.standing_note,
        occasion.summary,
    ]
    return Entry(
        uid=tag_of(occasion, "occasion"),
        title=titles.get(occasion.standing, "%(title)s") % {"title": occasion.title},
        lang=fallback_lang(occasion, "title"),
        path=occasion.get_absolute_url(),
        text=" · ".join(filter(None, told)),
        published=occasion.published_at,
        updated=occasion.updated_at,
    )


def answer(request, entries, title, subtitle, path):
    """Answer with the Atom feed of the newest entries; `path` leads to the page that it is the feed of."""
    feed = Feed(
        title=title,
        link=absolute(path),
        description="",
        subtitle=subtitle,
        language=HTML_LANG[get_language()],
        feed_url=absolute(request.get_full_path()),
        author_name=community_of(request).name,
    )
    for entry in nlargest(MOST_ENTRIES, entries, key=lambda entry: entry.published):
        feed.add_item(
            title=entry.title,
            link=absolute(entry.path),
            description=escape(entry.text),
            html=entry.html,
            lang=entry.lang,
            unique_id=entry.uid,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def tag_of(row, kind):
    """Return a tag URI (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{row.created_at:%Y-%m-%d}:{kind}/{row.pk}"
