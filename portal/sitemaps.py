"""What search engines should know of: every public page, in both languages, a few hundred rows to a file."""

from itertools import chain
from math import ceil
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import override

from portal import wings
from portal.languages import CODES
from portal.models import Album, Article, Organization, Page, Person

ENTRY, CHANGED = "<url><loc>{}</loc>{}{}</url>", "<lastmod>{}</lastmod>"
LINK = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'


class BilingualSitemap(Sitemap):
    """Addresses on the portal's own site, each naming its translations.

    Django's own way to do this reads all rows, once for each language, to answer with one file of them.
    """

    limit = 250  # rows; each stands there once in each language

    def size(self):
        """Return how many files it has, and when a row of them changed last (None where that is not known)."""
        return self.paginator.num_pages, None

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def lastmod(self, row):
        """Return when the row changed last, None where that is not known."""
        return None

    def _urls(self, page, protocol, domain):
        """Return an entry for each row, as `portal/sitemap.xml` prints it: five hundred are too many for a template."""
        site = f"{protocol}://{domain}"
        with override(settings.LANGUAGE_CODE):
            rows = [(self.location(row), self.lastmod(row)) for row in self.paginator.page(page).object_list]
        return [_entry(site, path.removeprefix(f"/{settings.LANGUAGE_CODE}"), lastmod) for path, lastmod in rows]


def _entry(site, path, lastmod):
    """Return the XML of a page in each language, of whose addresses only the first part differs."""
    ways = {code: f"{site}/{code}{path}" for code in CODES}
    links = format_html_join("", LINK, [*ways.items(), ("x-default", f"{site}{path}")])
    changed = format_html(CHANGED, localtime(lastmod).date().isoformat()) if lastmod else ""
    return format_html_join("", ENTRY, ((way, changed, links) for way in ways.values()))


class RowSitemap(BilingualSitemap):
    """The pages of the public rows of a model that have one."""

    def __init__(self, rows, *columns):
        """`rows` is a function that returns a queryset; `columns` are what its addresses are made of ("slug")."""
        self.rows, self.columns = rows, columns or ("slug",)

    def items(self):
        return self.rows().only("updated_at", *self.columns).order_by("pk")

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
