"""The pages of conferences that search engines should know of."""

from django.urls import reverse

from events.models import Conference, Forum, Series, Session, Venue
from events.reaching import knowing_tabs, tabs
from portal.sitemaps import BilingualSitemap, NamedSitemap, RowSitemap


class TabSitemap(BilingualSitemap):
    """The pages of each conference that have something to show."""

    def items(self):
        conferences = knowing_tabs(Conference.objects.published())
        return [(conference.slug, tab.name) for conference in conferences for tab in tabs(conference)]

    def location(self, page):
        slug, name = page
        return reverse(name, args=[slug])


def sections():
    """Return section name -> Sitemap of this wing."""
    sessions = Session.objects.exclude(kind=Session.Kind.BREAK)
    return {
        "list-of-conferences": NamedSitemap("conferences"),
        "series": RowSitemap(Series.objects.published),
        "pages-of-conferences": TabSitemap(),
        "forums": RowSitemap(Forum.objects.select_related("conference").published, "slug", "conference__slug"),
        "sessions": RowSitemap(sessions.select_related("conference").published, "code", "conference__slug"),
        "venues": RowSitemap(Venue.objects.select_related("conference").published, "slug", "conference__slug"),
    }
