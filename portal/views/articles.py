"""News and recaps."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import linked_data
from portal.addresses import get_published
from portal.context import community_of
from portal.dressing import dressed, dressed_articles
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.models import Article, Person
from portal.pagecache.marking import public_page
from portal.paging import paged


@public_page("page")
def news(request):
    part = paged(request, Article.objects.published())
    meta = Meta(
        title=_("News"),
        description=_("News, announcements and recaps of conferences and meetups."),
        crumbs=way(Crumb(_("News"))),
        query=part.query,
    )
    articles = dressed_articles(part.page, community_of(request).accent)
    return render(request, "portal/news.html", {"meta": meta, "paged": part, "articles": articles})


@public_page()
def article(request, article):
    accent = community_of(request).accent
    authors = Person.objects.published()
    rows = Article.objects.with_occasions().prefetch_related(Prefetch("authors", authors))
    [row] = dressed_articles([get_published(rows, article)], accent)
    context = {"meta": _meta(row), "article": row, "occasions": dressed(row.occasions.all(), accent)}
    return render(request, "portal/article.html", context)


def _meta(row):
    return Meta(
        title=row.title,
        description=row.summary,
        crumbs=way(Crumb(_("News"), reverse("news")), Crumb(row.title, lang=fallback_lang(row, "title"))),
        image=row.cover.url if row.cover else "",
        told={"seed": row.slug, "kicker": row.get_kind_display()},
        kind="article",
        json_ld=[linked_data.article(row, row.cover_url)],
    )
