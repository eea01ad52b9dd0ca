"""What browsers, crawlers and monitors read."""

from hashlib import sha256

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as answer_sitemap
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control, never_cache

from portal import accents, wings
from portal.models import Community
from portal.sitemaps import sections


@cache_control(public=True, max_age=600)
def theme(request):
    """Answer with the colours of the community, and with a class for each series: the style that settings make."""
    colours = [pair for wing in wings.every() for pair in wing.accents()]
    css = accents.stylesheet(Community.current().accent, colours)
    etag = quote_etag(sha256(css.encode()).hexdigest()[:32])
    return get_conditional_response(request, etag=etag) or HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"ETag": etag}
    )


def robots(request):
    kept_out = [reverse("admin:index")]
    for code, _label in settings.LANGUAGES:
        kept_out += [f"/{code}/my/", f"/{code}/preview/", f"/{code}/search/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in kept_out), "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request):
    return answer_sitemap(request, sitemaps=sections())


@never_cache
def healthz(request):
    """Say that this process answers; it asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
