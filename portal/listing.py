"""A filtered list, a page at a time: what the view of every list hands to its template."""

from urllib.parse import urlencode

from django.utils.functional import cached_property

from portal.paging import PER_PAGE, paged, public_count


class Listing:
    """The rows a visitor asked for, of all public `rows` of a model; `filters` is a `PublicFilterSet` class.

    They stand in the order of `rows`, or in that which `arranged` gives them, such as `NextFirst`.
    Templates read `page`, `told` (a page that is not there), `form`, `is_filtered`
    and `count`; `query` is what belongs into the page's own address.
    """

    def __init__(self, request, filters, rows, per_page=PER_PAGE, arranged=None):
        self.request, self.per_page, self.arranged = request, per_page, arranged
        self.filterset = filters(request.GET or None, queryset=rows, request=request)

    @cached_property
    def paged(self):
        rows = self.filterset.qs
        count = None if self.is_filtered else public_count(rows.model)
        return paged(self.request, self.arranged(rows) if self.arranged else rows, self.per_page, count=count)

    @property
    def page(self):
        return self.paged.page

    @property
    def told(self):
        return self.paged.told

    @property
    def count(self):
        return self.page.paginator.count

    @property
    def form(self):
        return self.filterset.form

    @property
    def is_filtered(self):
        return self.filterset.is_filtering

    @property
    def path(self):
        """The list without filters."""
        return self.request.path

    @property
    def chosen(self):
        """What was asked for that made sense, in words: the names of the chosen rows, the year, the words searched."""
        return [str(value) for value in self.form.cleaned_data.values() if value] if self.is_filtered else []

    @property
    def filter_query(self):
        """The filters as they stand in the address, for other lists of the same rows; with its "?", or empty."""
        asked = [(name, self.request.GET[name]) for name in self.filterset.filters if self.request.GET.get(name)]
        return f"?{urlencode(asked)}" if asked and self.is_filtered else ""

    @property
    def query(self):
        return self.paged.query
