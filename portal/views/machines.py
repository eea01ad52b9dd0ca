"""What browsers, crawlers and monitors read."""

from django.contrib.sitemaps.views import sitemap as answer_sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal import accents, wings
from portal.context import community_of
from portal.files import answer_file, digest
from portal.languages import CODES
from portal.linked_data import absolute
from portal.pagecache.marking import public_page
from portal.sitemaps import files, sections


@public_page(caching=None)
def theme(request):
    """Answer with the colours of the community, and with a class for each series: the style that settings make."""
    colours = [pair for wing in wings.every() for pair in wing.accents()]
    css = accents.theme(community_of(request).accent, colours)
    return answer_file(request, digest(css), lambda: css, "text/css; charset=utf-8", "public, max-age=600")


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
