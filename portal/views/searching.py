"""Search over everything that visitors may see."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import search as index
from portal.meta import Crumb, Meta, way
from portal.paging import paged

PER_PAGE = 20
LONGEST_QUERY = 200


def search(request):
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    results = Results(words, request.GET.get("kind", ""))
    title = _("Search: %(words)s") % {"words": words} if words else _("Search")
    context = {
        "meta": Meta(title=title, crumbs=way(Crumb(_("Search"))), is_indexed=False),
        "words": words,
        "results": results,
        "paged": paged(request, results, PER_PAGE),
    }
    return render(request, "portal/search.html", context)


class Results:
    """What a query finds, as `portal.search.Found`, for a paginator to count and to slice.

    A kind that there is none of is left out, and told in `told`.
    """

    def __init__(self, words, kind):
        self.words, self.sources = words, index.every()
        self.kind = kind if kind in self.sources else ""
        left_out = _("There is no kind “%(kind)s”; this is everything that was found.") % {"kind": kind[:40]}
        self.told = left_out if kind != self.kind else ""

    @cached_property
    def _beginning(self):
        return self._find(0, PER_PAGE)

    def _find(self, offset, limit):
        return index.find(
            self.words, get_language(), timezone.now(), kind=self.kind or None, limit=limit, offset=offset
        )

    def count(self):
        return self._beginning.total

    def __len__(self):
        return self.count()

    def __getitem__(self, part):
        answer = self._find(part.start, part.stop - part.start) if part.start else self._beginning
        return answer.results

    @property
    def total(self):
        """How much there is of every kind together."""
        return sum(self._beginning.kinds.values())

    @cached_property
    def suggestion(self):
        """What was meant, where nothing is called so."""
        return "" if self.total else index.suggest(self.words, get_language(), timezone.now())

    @property
    def kinds(self):
        """Return (kind, words for it, count) of every kind that there is some of, in the order of registration."""
        counts = self._beginning.kinds
        return [(kind, source.label, counts[kind]) for kind, source in self.sources.items() if kind in counts]
