"""Looking once a week whether the links that pages show still lead somewhere.

Politely: one request at a time, one a host every some seconds, none sooner than a week after the last. A
link counts as dead when a second look, days after the first, finds it failing still.
"""

import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from portal.locking import holding
from portal.models import LinkCheck
from portal.models.links import TypedLink
from portal.outbound import Forbidden, Unreachable, ask

EVERY = timedelta(days=7)
SECONDS_BETWEEN = 5
# Answers by which a server says that it does not talk to machines, or is busy: they say nothing about the page.
SAYS_NOTHING = {401, 403, 405, 407, 418, 429, 451, 999}


def kinds_of_links():
    """Return the models of typed links, of every wing."""
    return [model for model in apps.get_models() if issubclass(model, TypedLink)]


def due(now=None):
    """Return the addresses to look at now, the longest unseen first. A link is first looked at a week after it came."""
    before = (now or timezone.now()) - EVERY
    seen = dict(LinkCheck.objects.values_list("url", "checked_at"))
    shown = {}
    for model in kinds_of_links():
        for url, came in model.objects.published().exclude(url="").values_list("url", "created_at"):
            shown[url] = min(came, shown.get(url, came))
    waiting = {url: seen.get(url, came) for url, came in shown.items()}
    return sorted((url for url, last in waiting.items() if last <= before), key=waiting.get)


def check(urls, rest=time.sleep, stopping=lambda: False):
    """Look at addresses, and note what is found; yield a `LinkCheck` each.

    `rest` is called with the seconds to wait before a host is asked again.
    """
    asked = {}
    for url in urls:
        if stopping():
            return
        host = urlsplit(url).hostname
        ago = time.monotonic() - asked.get(host, -SECONDS_BETWEEN)
        if ago < SECONDS_BETWEEN:
            rest(SECONDS_BETWEEN - ago)
        yield note(url, *look(url))
        asked[host] = time.monotonic()


def look(url):
    """Return (status or None, what is wrong or "")."""
    try:
        status = ask(url).status
    except (Forbidden, Unreachable) as problem:
        return None, str(problem)[:200]
    failed = status >= 400 and status not in SAYS_NOTHING
    return status, f"answers {status}" if failed else ""


def note(url, status, finding):
    """Save what a look found, and since when the address fails, and return the row."""
    now = timezone.now()
    with transaction.atomic():
        row, _is_new = holding(LinkCheck.objects.all()).get_or_create(url=url, defaults={"checked_at": now})
        row.checked_at, row.status, row.finding = now, status, finding
        row.failing_since = (row.failing_since or now) if finding else None
        row.save()
    return row


def forget_unused():
    """Delete what was noted of addresses that no row names any more."""
    named = {url for model in kinds_of_links() for url in model.objects.exclude(url="").values_list("url", flat=True)}
    LinkCheck.objects.exclude(url__in=named).delete()


def dead_links(user):
    """Return (link row, its `LinkCheck`) for each dead link that is the user's to mend."""
    dead = {check.url: check for check in LinkCheck.objects.dead()}
    if not dead:
        return []
    return [
        (row, dead[row.url])
        for model in kinds_of_links()
        for row in model.objects.editable_by(user).filter(url__in=dead).select_related(model.PARENT)
    ]
