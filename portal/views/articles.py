"""News and recaps."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import linked_data
from portal.addresses import get_published
from portal.context import community_of
from portal.dressing import dress_article, dressed, dressed_articles
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.models import Article
from portal.pagecache.marking import public_page
from portal.paging import paged, public_count
from portal.referring import may_refer


@public_page("page")
def news(request):
    part = paged(request, Article.objects.published(), count=public_count(Article))
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
    row = get_published(Article.objects.all(), article)
    occasions = dressed(row.occasions.published().select_related("city"), accent)
    dress_article(row, occasions, accent)
    authors = list(row.authors.published()) if may_refer(Article.authors.through, article=row) else []
    context = {"meta": _meta(row, authors), "article": row, "authors": authors, "occasions": occasions}
    return render(request, "portal/article.html", context)


def _meta(row, authors):
    return Meta(
        title=row.title,
        description=row.summary,
        crumbs=way(Crumb(_("News"), reverse("news")), Crumb(row.title, lang=fallback_lang(row, "title"))),
        image=row.cover.url if row.cover else "",
        told={"seed": row.slug, "kicker": row.get_kind_display()},
        kind="article",
        json_ld=[linked_data.article(row, row.cover_url, authors)],
    )
