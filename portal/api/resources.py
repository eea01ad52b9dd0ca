"""What a list of the API is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.api.fields import Field
from portal.api.filters import ApiFilters

PAGING = ("page", "per_page")


@dataclass(frozen=True)
class Resource:
    """A list of public rows and its single ones.

    `rows` returns the queryset, published, in a lasting order and with all that its fields read, so that a page of the
    list costs the same queries however many rows it has. `key` names the column by which one row is asked for, `kind`
    its converter in an address. `prepare`, if there is one, is given each row before its fields are read.
    """

    name: str
    one: str  # what a single row is called, as the name of its schema
    told: str  # shown to people in their language, in the description in English
    rows: Callable[[], QuerySet]
    fields: tuple[Field, ...]
    filters: type[ApiFilters]
    key: str = "slug"
    kind: str = "slug"
    prepare: Callable | None = None

    @property
    def parameters(self):
        return (*PAGING, *self.filters.parameters())

    def written(self, row):
        """Return the row as its answer has it."""
        if self.prepare is not None:
            self.prepare(row)
        return {field.name: field.read(row) for field in self.fields}
