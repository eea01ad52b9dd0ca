"""Pages of a long list. A page that is not there is told, and answered with the nearest that is."""

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.pagecache.known import once_a_generation

PER_PAGE = 24


@dataclass(frozen=True)
class Paged:
    """One page of a list, and what to tell whoever asked for one that is not there (empty if it is)."""

    page: Page
    told: str = ""

    @property
    def query(self):
        """What belongs into the page's own address: empty on the first page."""
        return f"page={self.page.number}" if self.page.number > 1 else ""


def part_of(rows, start, stop):
    """Return `rows[start:stop]` of a queryset as a queryset, in one query that orders keys and not whole rows.

    Our rows are wide, in two languages: to sort three thousand of them for a page of 24 is most of what the page costs.
    """
    return rows.filter(pk__in=rows.values("pk")[start:stop])


class NextFirst:
    """Occasions for a paginator: what is ahead, the next first, and then what is past, the latest first.

    `rows` is an `OccasionQuerySet`. A page takes two queries, or three if it is a later one and holds both.
    """

    def __init__(self, rows):
        now = timezone.now()
        self.rows, self.ahead = rows, rows.not_over(now)
        # Indexes tell the few that are to be left out; when each of the others was over stands in its row alone.
        not_over = rows.model.objects.not_over(now).order_by().values("pk")
        self.past = rows.exclude(pk__in=not_over).order_by("-starts_at", "-id")

    def count(self):
        return self.rows.count()

    def __getitem__(self, part):
        """Return a list of the rows from `part.start` to `part.stop`."""
        start, length = part.start, part.stop - part.start
        # Only who has turned a page needs to know how many are ahead.
        ahead_before = self.ahead.count() if start else 0
        shown = list(part_of(self.ahead, start, part.stop)) if start < ahead_before or start == 0 else []
        if len(shown) < length:
            past_before = max(0, start - ahead_before)
            shown += part_of(self.past, past_before, past_before + length - len(shown))
        return shown


class WideRowsPaginator(Paginator):
    """A paginator of a queryset, or of anything else that can be sliced."""

    def page(self, number):
        page = super().page(number)
        if isinstance(self.object_list, QuerySet):
            first = (page.number - 1) * self.per_page
            page.object_list = part_of(self.object_list, first, first + self.per_page)
        return page


@once_a_generation
def public_count(model):
    """Return how many rows of a model are public, which every page of the list of them all says."""
    return model.objects.published().count()


def paged(request, rows, per_page=PER_PAGE, count=None):
    """Return the `Paged` that the query string asks for: the first page without one.

    `count` is how many rows there are; they are counted where nobody knows it.
    """
    paginator = WideRowsPaginator(rows, per_page)
    if count is not None:
        paginator.count = count
    asked = request.GET.get("page", "1")
    try:
        return Paged(paginator.page(asked))
    except PageNotAnInteger:
        return Paged(paginator.page(1), _("“%(page)s” is not a page; this is the first.") % {"page": asked[:40]})
    except EmptyPage:
        nearest = paginator.page(1 if int(asked) < 1 else paginator.num_pages)
        told = _("There is no page %(page)s; this is page %(nearest)s.")
        return Paged(nearest, told % {"page": asked[:40], "nearest": nearest.number})
