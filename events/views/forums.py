"""The forums of a conference, and one of them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.heads import framed
from events.labels import albums_of
from events.linked_data import forum_event
from events.programme import by_day, forums_of, scheduled, sessions_of, take_place
from events.reaching import find_conference
from portal.addresses import get_published
from portal.languages import fallback_lang
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page()
def forums(request, conference):
    row = find_conference(conference)
    frame = framed(row, _("Forums"))
    return render(request, "events/forums.html", {**frame, "forums": forums_of(row)})


@public_page()
def forum(request, conference, forum):
    row = find_conference(conference)
    forum = get_published(forums_of(row), forum, conference=row)
    sessions = scheduled(sessions_of(row).filter(forum=forum))
    frame = framed(
        row,
        forum.title,
        Crumb(_("Forums"), reverse("forums", args=[row.slug])),
        description=forum.summary,
        json_ld=[forum_event(forum)],
        lang=fallback_lang(forum, "title"),
    )
    context = {
        "forum": forum,
        "place": take_place(sessions),
        "days": by_day(sessions),
        "albums": albums_of(forum, row),
    }
    return render(request, "events/forum.html", {**frame, **context})
