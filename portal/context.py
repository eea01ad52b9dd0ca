"""What every template may rely on."""

from urllib.parse import quote

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.http import RFC3986_SUBDELIMS
from django.utils.translation import get_language

from portal.languages import CODES
from portal.models import Community, Page
from portal.pagecache.known import once_a_generation

# What `reverse()` writes as it is.
IN_A_PATH = RFC3986_SUBDELIMS + "/~:@"


def community(request):
    """Return `community` and `alternates`, each read only where a template asks.

    `alternates` lists the page in each language: dicts of code, label, path, url
    (the path with the query) and current (bool).
    """
    return {
        "community": SimpleLazyObject(lambda: community_of(request)),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
        "site_url": settings.SITE_URL,
    }


def community_of(request):
    """Return the `Community`, read once a request."""
    if not hasattr(request, "_community"):
        request._community = the_community()
    return request._community


@once_a_generation
def the_community():
    return Community.current()


@once_a_generation
def footer_pages():
    return list(Page.objects.published().filter(in_footer=True))


def alternates(request):
    active, query = get_language(), request.META.get("QUERY_STRING", "")
    paths = {code: _path_in(code, request.path, active) for code in CODES}
    return [
        {
            "code": code,
            "label": label,
            "path": paths[code],
            "url": f"{paths[code]}?{query}" if query else paths[code],
            "current": code == active,
        }
        for code, label in settings.LANGUAGES
    ]


def _path_in(code, path, active):
    """Return the address of the same page in another language; of a page that does not exist, of the same absence."""
    prefix = f"/{active}/"
    return quote(f"/{code}/{path[len(prefix) :]}" if path.startswith(prefix) else path, safe=IN_A_PATH)
