"""What every template may rely on."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from portal.models import Community, Page


def community(request):
    """Return `community`, `footer_pages` and `alternates`, each read only where a template asks.

    `alternates` lists the page in each language: dicts of code, label, url
    (absolute path with the query) and current (bool).
    """
    return {
        "community": SimpleLazyObject(Community.current),
        "footer_pages": SimpleLazyObject(lambda: list(Page.objects.published().filter(in_footer=True))),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
        "site_url": settings.SITE_URL,
    }


def alternates(request):
    active = get_language()
    return [
        {"code": code, "label": label, "url": translate_url(request.get_full_path(), code), "current": code == active}
        for code, label in settings.LANGUAGES
    ]
