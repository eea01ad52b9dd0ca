"""Calendar files as they are answered, and what stands in for them where a browser refuses downloads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from hashlib import sha256

from django.utils.translation import gettext as _

from portal import calendars
from portal.linked_data import absolute
from portal.meta import Meta
from portal.wechat import is_wechat

FRESH_SECONDS = 600


def answer(request, occasions, name, url):
    """Answer with the calendar of these occasions (with their `city`); inside WeChat, with a page that hands over its link.

    `name` is what a subscriber sees in the list of calendars, `url` the page on the site.
    """
    if is_wechat(request):
        response = _explained(request, name, url)
    else:
        response = _file(request, occasions, name, url)
    patch_vary_headers(response, ["User-Agent"])
    return response


def _file(request, occasions, name, url):
    content = calendars.calendar([calendars.occasion_entry(one) for one in occasions], name, url)
    etag = quote_etag(sha256(content).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or HttpResponse(content)
    response.headers.update({"Content-Type": calendars.CONTENT_TYPE, "ETag": etag})
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _explained(request, name, url):
    link = absolute(request.path)
    context = {
        "meta": Meta(title=_("Subscribe to the calendar"), is_indexed=False),
        "name": name,
        "link": link,
        "back": url,
    }
    return render(request, "portal/calendar_link.html", context)
