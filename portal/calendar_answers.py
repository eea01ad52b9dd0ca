"""Calendar files as they are answered, and what stands in for them where a browser refuses downloads."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from portal import calendars
from portal.files import answer_file, digest
from portal.linked_data import absolute
from portal.meta import Meta
from portal.wechat import is_wechat

FRESH = "public, max-age=600"


def answer(request, occasions, name, url):
    """Answer with the calendar of these occasions (with their `city`); inside WeChat, with a page that tells its link.

    `name` is what a subscriber sees in the list of calendars, `url` the page on the site.
    """
    return explained_in_wechat(request, name, url, lambda: _file(request, occasions, name, url))


def explained_in_wechat(request, name, url, answer_with_file):
    """Return what `answer_with_file()` does; inside WeChat, a page that tells the calendar's link. See `answer()`."""
    response = _explained(request, name, url) if is_wechat(request) else answer_with_file()
    patch_vary_headers(response, ["User-Agent"])
    return response


def _file(request, occasions, name, url):
    content = calendars.calendar([calendars.occasion_entry(one) for one in occasions], name, url)
    return answer_file(request, digest(content), lambda: content, calendars.CONTENT_TYPE, FRESH)


def _explained(request, name, url):
    link = absolute(request.get_full_path())
    context = {
        "meta": Meta(title=_("Subscribe to the calendar"), is_indexed=False),
        "name": name,
        "link": link,
        "back": url,
    }
    return render(request, "portal/calendar_link.html", context)
