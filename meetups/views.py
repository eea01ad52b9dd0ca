"""The public pages of chapters and meetups."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from meetups.chapters import chapter_page, first_listed, listed, on_the_map
from meetups.filters import MeetupFilters
from meetups.labels import dressed
from meetups.linked_data import chapter_organization, meetup_event
from meetups.meetup_page import MeetupPage
from meetups.models import AgendaMaterial, Chapter, Meetup
from portal import dates
from portal.addresses import get_published
from portal.context import community_of, the_community
from portal.dotmap import dot_maps_html
from portal.languages import fallback_lang
from portal.listing import Listing
from portal.meta import Crumb, Meta, way
from portal.models import Page
from portal.pagecache.known import once_a_generation
from portal.pagecache.marking import public_page
from portal.paging import NextFirst, paged, public_count
from portal.poster_pages import named, show_poster
from portal.recordings import show_recording
from portal.views import registering

START_A_CHAPTER = "start-a-chapter"  # the page that tells how, if the community has written one
CHAPTERS_PER_PAGE = 12  # below a map that has all of them


@public_page(*MeetupFilters.base_filters, "page")
def meetups(request):
    rows = Meetup.objects.published().select_related("city")
    listing = Listing(request, MeetupFilters, rows, arranged=NextFirst)
    meta = Meta(
        title=_("Meetups"),
        description=_("Our meetups, city by city."),
        crumbs=way(Crumb(_("Meetups"))),
        query=listing.query,
        is_indexed=not listing.is_filtered,
    )
    shown = dressed(listing.page, community_of(request).accent)
    context = {
        "meta": meta,
        "listing": listing,
        "ahead": [row for row in shown if row.phase != "past"],
        # Each goes by its own clock: on New Year's Eve a later one may be of an earlier year.
        "behind": sorted((row for row in shown if row.phase == "past"), key=lambda row: row.year, reverse=True),
        "count_text": ngettext("%(count)d meetup", "%(count)d meetups", listing.count) % {"count": listing.count},
    }
    return render(request, "meetups/meetups.html", context)


@public_page()
def meetup(request, meetup):
    page = _find(request, meetup)
    meta = _meta(page)
    meta.json_ld = [meetup_event(page)]
    return render(request, "meetups/meetup.html", {"meta": meta, "meetup": page.occasion, "page": page})


@public_page()
def poster(request, meetup):
    page = _find(request, meetup)
    return show_poster(request, _meta(page), page.occasion.get_absolute_url())


def _find(request, slug):
    """Return the `MeetupPage` of a published meetup; raises Http404 or Moved."""
    row = get_published(Meetup.objects.select_related("city"), slug)
    return MeetupPage(row, community_of(request).accent)


@public_page()
def recording(request, meetup, material):
    row = get_published(Meetup.objects.all(), meetup)
    found = get_object_or_404(AgendaMaterial.objects.select_related("item"), item__meetup=row, pk=material)
    to_meetup = Crumb(row.title, row.get_absolute_url(), fallback_lang(row, "title"))
    crumbs = [Crumb(_("Meetups"), reverse("meetups")), to_meetup, Crumb(found.item.title)]
    return show_recording(request, found, crumbs)


@never_cache
def register(request, meetup):
    """The form for a seat, where the meetup gives them out itself."""
    row = _published(meetup)
    return registering.register(request, row, "portal/registration/register.html", lambda: _framed(row))


def _framed(meetup):
    """Return what the page around the form shows."""
    row = _dressed(meetup)
    to_meetup = Crumb(row.title, row.get_absolute_url(), fallback_lang(row, "title"))
    meta = Meta(
        title=f"{_('Register')} · {row.title}",
        crumbs=way(Crumb(_("Meetups"), reverse("meetups")), to_meetup, Crumb(_("Register"))),
        told=_told(row),
    )
    return {"meta": meta, "occasion": row}


@once_a_generation
def _dressed(meetup):
    [row] = dressed(Meetup.objects.filter(pk=meetup.pk).select_related("city"), the_community().accent)
    return row


@never_cache
def seats(request, meetup):
    return registering.seats(_published(meetup))


@once_a_generation
def _published(slug):
    return get_published(Meetup.objects.all(), slug)


def _meta(page):
    """The head of a meetup's own page, and of its poster's."""
    meetup = page.occasion
    return Meta(
        title=meetup.title,
        description=meetup.summary,
        crumbs=way(Crumb(_("Meetups"), reverse("meetups")), Crumb(meetup.title, lang=fallback_lang(meetup, "title"))),
        image=meetup.cover.url if meetup.cover else "",
        told={**_told(meetup), "guests": named(page.guests)},
    )


def _told(meetup):
    """What a drawn share image says besides the title."""
    return {
        "seed": meetup.slug,
        "kicker": meetup.kind_text,
        "when": dates.written(meetup, get_language()),
        "where": meetup.place or (meetup.city.name if meetup.city_id else ""),
        "alert": "" if meetup.standing == meetup.Standing.SCHEDULED else meetup.get_standing_display(),
    }


@public_page("page")
def chapters(request):
    community = community_of(request)
    shown = paged(request, Chapter.objects.published(), CHAPTERS_PER_PAGE, count=public_count(Chapter))
    meta = Meta(
        title=community.word_for_chapters,
        description=_("Find the community in your city, or start one."),
        crumbs=way(Crumb(community.word_for_chapters)),
        query=shown.query,
    )
    is_first = shown.page.number == 1
    context = {
        "meta": meta,
        "paged": shown,
        "chapters": first_listed(CHAPTERS_PER_PAGE) if is_first else listed(shown.page.object_list),
        "map": dot_maps_html(on_the_map(), _("Map of the cities")),
        "start_one": _how_to_start_one(),
    }
    return render(request, "meetups/chapters.html", context)


@once_a_generation
def _how_to_start_one():
    return Page.objects.published().filter(slug=START_A_CHAPTER).first()


@public_page()
def chapter(request, chapter):
    row = get_published(Chapter.objects.select_related("city"), chapter)
    community = community_of(request)
    to_chapters = Crumb(community.word_for_chapters, reverse("chapters"))
    meta = Meta(
        title=row.name,
        description=row.summary,
        crumbs=way(to_chapters, Crumb(row.name, lang=fallback_lang(row, "name"))),
        image=row.cover.url if row.cover else "",
        told={"seed": row.slug, "kicker": row.city.name},
        json_ld=[chapter_organization(row)],
    )
    context = {"meta": meta, "chapter": row, "page": chapter_page(row, community.accent)}
    return render(request, "meetups/chapter.html", context)
