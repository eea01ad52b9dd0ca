"""The versions of a schedule, and what changed from one to the next."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from events.heads import framed
from events.models import Session
from events.reaching import find_conference
from events.releasing import changes
from portal import feeds
from portal.meta import Crumb
from portal.pagecache.marking import public_page


@public_page()
def releases(request, conference):
    row = find_conference(conference)
    told = _told(row)
    frame = framed(row, _("Versions"), Crumb(_("Schedule"), reverse("schedule", args=[row.slug])))
    return render(request, "events/schedule_releases.html", {**frame, "releases": told})


@public_page()
def releases_feed(request, conference):
    """The versions as an Atom feed: one entry each, with what changed."""
    row = find_conference(conference)
    entries = [_entry(row, release) for release in _told(row)]
    title, page = _("Schedule of %(title)s") % {"title": row.title}, reverse("schedule-releases", args=[row.slug])
    return feeds.answer(request, entries, title=title, subtitle=_("What changes where and when."), path=page)


def _told(conference):
    """Return the releases, the latest first, each with its `changes`; four queries. Raises Http404 before the first."""
    titles = Prefetch("places__session", Session.objects.only("code", "title"))
    told = list(conference.releases.prefetch_related("places", titles, "places__room__venue"))
    if not told:
        raise Http404(f"no releases of {conference.slug}")
    for release, earlier in zip(told, [*told[1:], None], strict=True):
        for place in release.places.all():
            if place.session:
                place.session.conference = conference
        before = list(earlier.places.all()) if earlier else []
        release.changes = changes(before, release.places.all(), conference.time_zone) if earlier else []
    return told


def _entry(conference, release):
    sentences = [f"{change.title}: {' '.join(change.sentences)}" for change in release.changes]
    items = format_html_join("", "<li>{}</li>", ([sentence] for sentence in sentences))
    page = reverse("schedule-releases", args=[conference.slug])
    return feeds.Entry(
        uid=feeds.tag_of(release, "release"),
        title=_("Version %(name)s") % {"name": release.version},
        lang="",
        path=f"{page}#version-{release.number}",
        text=" ".join(filter(None, [release.note, *sentences])),
        html=format_html("<p>{}</p><ul>{}</ul>", release.note, items),
        published=release.created_at,
        updated=release.created_at,
    )
