"""The verbs of planning: make a meetup from another, plan one or a series, call it off, begin its recap."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from meetups.announcing import announce_change, facts
from meetups.copying import copy_programme, desk_like, draft_like, shifted
from meetups.models import Meetup
from portal import telling
from portal.languages import CODES
from portal.locking import locked
from portal.models import Album, Article, Desk
from portal.slugs import save_with_free_slug

PLACE = ("place_zh_hans", "place_en", "address_zh_hans", "address_en")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a lead says of the next meetup: the rest comes from the one it is made from.

    `begins` and `ends` are hours by the clock of the city. `words` are the columns of title, place and address in
    either language, and `mode`. Without `registers_here` there is no desk; `capacity` None has no limit.
    """

    day: date
    begins: time
    ends: time
    words: dict
    registers_here: bool = True
    capacity: int | None = None
    times: int = 1
    weeks: int = 2


def source_of(chapter):
    """Return what the chapter's next meetup is made from: its template, else its last meetup, else None."""
    return chapter.template or chapter.meetups.order_by("-starts_at", "-pk").first()


@transaction.atomic
def plan(chapter, source, wanted):
    """Return the drafts of a `Plan`, so many weeks apart; each must be published by itself, so that none goes on alone.

    A template hands on its texts, its agenda and its partners, too; any other meetup only what stays the same from
    one to the next.
    """
    return [_planned(chapter, source, wanted, number) for number in range(wanted.times)]


@transaction.atomic
def make_again(meetup, later):
    """Return a draft like the meetup with a desk like its own, `later` (a timedelta) at the same hour by the clock."""
    again = draft_like(meetup)
    again.starts_at = shifted(meetup, meetup.starts_at, later)
    again.ends_at = shifted(meetup, meetup.ends_at, later)
    chapters = list(meetup.chapters.all())
    _save_draft(again, chapters)
    desk = Desk.objects.filter(occasion=meetup).first()
    if desk:
        desk_like(desk, meetup, again, later).save()
    return again


@transaction.atomic
def repeat(meetup, times, weeks=2):
    """Return `times` drafts, so many weeks apart, the first ahead of today. None becomes public by itself."""
    step = timedelta(weeks=weeks)
    missed = max(0, (timezone.now() - meetup.starts_at) // step)
    return [make_again(meetup, step * (missed + number)) for number in range(1, times + 1)]


def cancel(meetup):
    """Call it off: its page stays and says so, and everyone registered is told. Return how many were told."""
    with locked(meetup) as meetup:
        if meetup.is_cancelled:
            return 0
        before = facts(meetup)
        meetup.standing = Meetup.Standing.CANCELLED
        meetup.save()
        announce_change(meetup, before)
        desk = Desk.objects.filter(occasion=meetup).first()
        return telling.tell_changes(desk) if desk else 0


def begin_recap(meetup, user):
    """Return the meetup's recap: the one it has, else a draft with its headings, which the user may go on writing."""
    with locked(meetup) as meetup:
        recap = Article.objects.filter(occasions=meetup, kind=Article.Kind.RECAP).first()
        if recap:
            return recap
        recap = Article(kind=Article.Kind.RECAP, dated=timezone.localdate(), entered_by=user)
        for code in CODES:
            if getattr(meetup, build_localized_fieldname("title", code)):
                _write_headings(recap, meetup, code)
        save_with_free_slug(recap, f"{meetup.slug[:70]}-recap")
        recap.occasions.set([meetup])
        return recap


def begin_album(meetup, user):
    """Return the meetup's first album: the one it has, else a draft of its title and day, for the user's photos."""
    with locked(meetup) as meetup:
        album = Album.objects.filter(occasion=meetup).order_by("pk").first()
        if album is None:
            album = Album(occasion=meetup, taken_on=meetup.starts_on, entered_by=user)
            for title in (build_localized_fieldname("title", code) for code in CODES):
                setattr(album, title, getattr(meetup, title))
            save_with_free_slug(album, meetup.slug[:80])
        return album


def _write_headings(recap, meetup, code):
    """Give the recap a title and a heading for each item of the agenda, with what remains of it, in one language."""
    with override(code):
        title = _("Recap: %(title)s") % {"title": meetup.title}
        sections = [_section(item) for item in meetup.agenda.prefetch_related("parts__person", "materials")]
    setattr(recap, build_localized_fieldname("title", code), title[:200])
    setattr(recap, build_localized_fieldname("body", code), "\n\n".join(sections))


def _section(item):
    names = " · ".join(part.name for part in item.parts.all())
    links = [f"- [{one.title or one.get_kind_display()}]({one.url})" for one in item.materials.all() if one.url]
    return "\n\n".join(filter(None, [f"## {item.title}", names, "\n".join(links)]))


def _planned(chapter, source, wanted, number):
    day = wanted.day + timedelta(weeks=wanted.weeks * number)
    draft = draft_like(source) if source else Meetup(city=chapter.city, time_zone=chapter.city.time_zone)
    if source and any((getattr(source, name) or "") != wanted.words.get(name, "") for name in PLACE):
        # Another place has another way to it.
        draft.latitude = draft.longitude = draft.directions_zh_hans = draft.directions_en = None
    for name, value in wanted.words.items():
        setattr(draft, name, value)
    draft.precision = Meetup.Precision.MINUTE
    draft.starts_at = datetime.combine(day, wanted.begins, draft.tzinfo)
    draft.ends_at = datetime.combine(day, wanted.ends, draft.tzinfo)
    _save_draft(draft, [chapter])
    later = _by_the_clock(draft) - _by_the_clock(source) if source else None
    if wanted.registers_here:
        known = source and Desk.objects.filter(occasion=source).first()
        desk = desk_like(known, source, draft, later) if known else Desk(occasion=draft)
        desk.capacity = wanted.capacity
        desk.save()
    if source and source.pk == chapter.template_id:
        copy_programme(source, draft, later)
    return draft


def _by_the_clock(meetup):
    """Return when it begins by its own clock, without the zone."""
    return meetup.starts_at.astimezone(meetup.tzinfo).replace(tzinfo=None)


def _save_draft(draft, chapters):
    first = chapters[0].slug if chapters else "meetup"
    save_with_free_slug(draft, f"{first}-{draft.starts_on:%Y-%m-%d}")
    draft.chapters.set(chapters)
