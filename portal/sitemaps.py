"""What search engines should know of: every public page, in both languages, a few hundred rows to a file."""

from itertools import chain
from math import ceil
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import override

from portal import wings
from portal.models import Album, Article, Organization, Page, Person


class BilingualSitemap(Sitemap):
    """Addresses on the portal's own site, each naming its translations.

    Django's own way to do this reads all rows, once for each language, to answer with one file of them.
    """

    limit = 250  # rows; each stands there once in each language
    alternates = True

    def size(self):
        """Return how many files it has, and when a row of them changed last (None where that is not known)."""
        return self.paginator.num_pages, None

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def _urls(self, page, protocol, domain):
        site = f"{protocol}://{domain}"
        return [url for row in self.paginator.page(page).object_list for url in self._of_row(row, site)]

    def _of_row(self, row, site):
        """Return the row's address in each language, as the template reads it: only the first part differs."""
        with override(settings.LANGUAGE_CODE):
            path = self.location(row).removeprefix(f"/{settings.LANGUAGE_CODE}")
        ways = {code: f"{site}/{code}{path}" for code, _label in settings.LANGUAGES}
        alternates = [{"lang_code": code, "location": way} for code, way in ways.items()]
        alternates.append({"lang_code": "x-default", "location": f"{site}{path}"})
        lastmod = self._get("lastmod", row)
        return [{"location": way, "lastmod": lastmod, "alternates": alternates} for way in ways.values()]


class RowSitemap(BilingualSitemap):
    """The pages of the public rows of a model that have one."""

    def __init__(self, rows):
        """`rows` is a function that returns a queryset."""
        self.rows = rows

    def items(self):
        return self.rows().order_by("pk")

    def lastmod(self, row):
        return row.updated_at

    def size(self):
        facts = self.rows().order_by().aggregate(count=Count("pk"), latest=Max("updated_at"))
        return max(1, ceil(facts["count"] / self.limit)), facts["latest"]


class NamedSitemap(BilingualSitemap):
    """Pages known by the names of their addresses."""

    def __init__(self, *names):
        self.names = names

    def items(self):
        return self.names

    def location(self, name):
        return reverse(name)


def sections():
    """Return section name (as in its address) -> Sitemap, of the ground and of every wing."""
    of_ground = {
        "lists": NamedSitemap("home", "photos", "news"),
        "people": RowSitemap(Person.objects.published),
        "organizations": RowSitemap(Organization.objects.published),
        "albums": RowSitemap(Album.objects.published),
        "articles": RowSitemap(Article.objects.published),
        "pages": RowSitemap(Page.objects.published),
    }
    return dict(chain(of_ground.items(), *(wing.sitemap().items() for wing in wings.every())))


def files():
    """Return what the index lists: a dict of location and last_mod for each file of each section."""
    listed = []
    for name, section in sections().items():
        address = settings.SITE_URL + reverse("sitemap-section", args=[name])
        count, last = section.size()
        listed.append({"location": address, "last_mod": last})
        listed += [{"location": f"{address}?p={page}", "last_mod": last} for page in range(2, count + 1)]
    return listed
