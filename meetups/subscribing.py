"""Calendars and feeds to subscribe to: of all meetups, by the filters of their list, of a chapter, of one meetup."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meetups.filters import MeetupFilters
from meetups.models import Chapter, Meetup
from portal import feeds
from portal.addresses import get_published
from portal.calendar_answers import answer as answer_calendar
from portal.context import community_of
from portal.linked_data import absolute
from portal.listing import Listing
from portal.models import Article
from portal.pagecache.marking import public_page


@public_page(*MeetupFilters.base_filters, caching=None)
def meetups_calendar(request):
    """The list of meetups with its own filters: a chapter, a city, a year, words. Each address is a subscription."""
    listing = _listing(request)
    url = absolute(reverse("meetups") + listing.filter_query)
    return answer_calendar(request, listing.filterset.qs, name=_name(request, listing), url=url)


@public_page(*MeetupFilters.base_filters)
def meetups_feed(request):
    listing = _listing(request)
    entries = _entries(listing.filterset.qs)
    path = reverse("meetups") + listing.filter_query
    subtitle = community_of(request).tagline
    return feeds.answer(request, entries, title=_name(request, listing), subtitle=subtitle, path=path)


@public_page(caching=None)
def meetup_calendar(request, meetup):
    row = get_published(Meetup.objects.select_related("city"), meetup)
    return answer_calendar(request, [row], name=row.title, url=absolute(row.get_absolute_url()))


@public_page(caching=None)
def chapter_calendar(request, chapter):
    row = get_published(Chapter.objects.all(), chapter)
    meetups = row.meetups.published().select_related("city").order_by("starts_at", "pk")
    return answer_calendar(request, meetups, name=row.name, url=absolute(row.get_absolute_url()))


@public_page()
def chapter_feed(request, chapter):
    """The chapter's meetups, and the articles that tell of them."""
    row = get_published(Chapter.objects.all(), chapter)
    entries = _entries(row.meetups.published().select_related("city"))
    return feeds.answer(request, entries, title=row.name, subtitle=row.summary, path=row.get_absolute_url())


def _listing(request):
    return Listing(request, MeetupFilters, Meetup.objects.published().select_related("city"))


def _name(request, listing):
    """What a subscriber sees: the community, and which of its meetups."""
    return " · ".join([community_of(request).name, _("Meetups"), *listing.chosen])


def _entries(meetups):
    """Return the entries of a feed: the meetups announced last, and the articles that tell of any of them."""
    articles = Article.objects.published().filter(occasions__in=meetups.order_by().values("pk")).distinct()
    return [
        *map(feeds.occasion_entry, meetups.order_by("-published_at")[: feeds.MOST_ENTRIES]),
        *map(feeds.article_entry, articles.order_by("-published_at")[: feeds.MOST_ENTRIES]),
    ]
