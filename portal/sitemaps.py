"""What search engines should know of: every public page, in both languages."""

from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from portal import wings
from portal.models import Album, Article, Organization, Page, Person


class BilingualSitemap(Sitemap):
    """Addresses on the portal's own site, each naming its translations."""

    i18n = True
    alternates = True
    x_default = True

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


class RowSitemap(BilingualSitemap):
    """The pages of the public rows of a model that have one."""

    def __init__(self, rows):
        """`rows` is a function that returns a queryset."""
        self.rows = rows

    def items(self):
        return self.rows()

    def lastmod(self, row):
        return row.updated_at


class NamedSitemap(BilingualSitemap):
    """Pages known by the names of their addresses."""

    def __init__(self, *names):
        self.names = names

    def items(self):
        return self.names

    def location(self, name):
        return reverse(name)


def sections():
    """Return section name -> Sitemap, of the ground and of every wing."""
    of_ground = {
        "lists": NamedSitemap("home", "photos", "news"),
        "people": RowSitemap(Person.objects.published),
        "organizations": RowSitemap(Organization.objects.published),
        "albums": RowSitemap(Album.objects.published),
        "articles": RowSitemap(Article.objects.published),
        "pages": RowSitemap(Page.objects.published),
    }
    return dict(chain(of_ground.items(), *(wing.sitemap().items() for wing in wings.every())))
