"""What browsers, crawlers and monitors read."""

from django.contrib.sitemaps.views import sitemap as answer_sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal import looks
from portal.context import community_of
from portal.files import answer_file, digest
from portal.languages import CODES
from portal.linked_data import absolute
from portal.pagecache.marking import public_page
from portal.sitemaps import files, sections


@public_page("v", caching=None)
def theme(request):
    """Answer with the colours of the community, and with a class for each series: the style that settings make."""
    css = looks.style(community_of(request))
    return _look(request, css, css, "text/css; charset=utf-8")


@public_page("v", caching=None)
def icon(request):
    """Answer with the mark in the community's colour: the icon in a browser's tab while there is no logo."""
    mark = looks.mark_svg(community_of(request))
    return _look(request, mark, mark, "image/svg+xml")


@public_page("v", caching=None)
def touch_icon(request):
    """Answer with the icon on a phone's home screen, which is also what asks for /favicon.ico gets."""
    community = community_of(request)
    return _look(request, looks.told_by_touch_icon(community), looks.touch_icon(community), "image/png")


def _look(request, told, content, content_type):
    """Answer with a part of the community's looks; for ever, where it is asked for by the version of what it tells."""
    is_versioned = request.GET.get("v") == looks.version(told)
    caching = "public, max-age=31536000, immutable" if is_versioned else "public, max-age=600"
    return answer_file(request, digest(content), lambda: content, content_type, caching)


@public_page()
def robots(request):
    kept_out = [reverse("admin:index")]
    for code in CODES:
        kept_out += [f"/{code}/my/", f"/{code}/preview/", f"/{code}/search/"]
    rules = "\n".join(f"Disallow: {path}" for path in kept_out)
    text = f"User-agent: *\n{rules}\n\nSitemap: {absolute(reverse('sitemap'))}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page()
def sitemap(request):
    """List the files of the sitemap, which search engines read one by one."""
    listed = {"sitemaps": files()}
    return render(request, "sitemap_index.xml", listed, content_type="application/xml")


@public_page("p")
def sitemap_section(request, section):
    return answer_sitemap(request, sections(), section, template_name="portal/sitemap.xml")
