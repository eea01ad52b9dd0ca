"""One value of an answer: how it is read from a row, and how it is described. So the two cannot part ways."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC

from django.db.models import Model
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from portal.languages import HTML_LANG
from portal.linked_data import absolute

TEXT = {"$ref": "#/components/schemas/Text"}
PAGES = {"$ref": "#/components/schemas/Pages"}
REFERENCE = {"$ref": "#/components/schemas/Reference"}
STRING, URI = {"type": "string"}, {"type": "string", "format": "uri"}
MAYBE_URI = {"type": ["string", "null"], "format": "uri"}
MOMENT = {"type": ["string", "null"], "format": "date-time"}


@dataclass(frozen=True)
class Field:
    """`read` takes a row and returns what JSON can say; `schema` is what JSON Schema says of it."""

    name: str
    schema: dict
    read: Callable[[Model], object]
    told: str = ""


def in_both(row, field):
    """Return {"zh-hans": text or None, "en": ...}; nothing falls back, so that a program sees what is missing."""
    return {code: getattr(row, build_localized_fieldname(field, code)) or None for code in HTML_LANG}


def first_in_both(*rows_and_fields):
    """Return, in each language, the first text that there is of (row or None, field)."""
    every = [in_both(row, field) for row, field in rows_and_fields if row is not None]
    return {code: next((one[code] for one in every if one[code]), None) for code in HTML_LANG}


def reference(row, field="name"):
    """Return {"slug", "name"} of a row that is tied to another, or None."""
    return row and {"slug": row.slug, "name": in_both(row, field)}


def pages_of(row):
    """Return the addresses of the row's page, by language."""
    found = {}
    for code in HTML_LANG:
        with override(code):
            found[code] = absolute(row.get_absolute_url())
    return found


def text(name, told="", column=""):
    return Field(name, TEXT, lambda row: in_both(row, column or name), told)


def plain(name, schema=STRING, told=""):
    return Field(name, schema, lambda row: getattr(row, name), told)


def choice(name, choices, told=""):
    """A word out of a list; "" is none of them."""
    words = [word for word in choices.values if word]
    schema = {"type": ["string", "null"], "enum": [*words, None]} if "" in choices.values else {"enum": words}
    return Field(name, {"type": "string", **schema}, lambda row: getattr(row, name) or None, told)


def moment(name, told=""):
    return Field(name, MOMENT, lambda row: written(getattr(row, name)), told)


def link(name, column, told=""):
    """A file of ours, by its whole address."""
    return Field(
        name, MAYBE_URI, lambda row: absolute(getattr(row, column).url) if getattr(row, column) else None, told
    )


def tied(name, told="", field="name"):
    """A row that this one is tied to."""
    schema = {"anyOf": [REFERENCE, {"type": "null"}]}
    return Field(name, schema, lambda row: reference(getattr(row, name), field), told)


def several(name, properties, read, told=""):
    """A list of small objects; `properties` maps their names to schemas."""
    item = {"type": "object", "properties": properties, "required": list(properties)}
    return Field(name, {"type": "array", "items": item}, read, told)


def pages():
    return Field("pages", PAGES, pages_of, "Its page in each language.")


def written(at):
    """Return a moment as RFC 3339 says it, in UTC; or None."""
    return at and at.astimezone(UTC).isoformat().replace("+00:00", "Z")


# What every occasion says, a conference and a meetup alike.
def of_an_occasion(model):
    return (
        plain("slug"),
        text("title"),
        text("theme"),
        text("summary"),
        text("body", "Markdown."),
        moment("starts_at", "With the precision “day”, “month” or “year”: the local midnight that begins the first."),
        moment("ends_at", "With those precisions: the midnight that follows the last."),
        choice("precision", model.Precision, "How far the date is known."),
        plain("time_zone"),
        choice("mode", model.Mode),
        choice("standing", model.Standing),
        tied("city"),
        text("place"),
        text("address"),
        link("cover", "cover"),
    )
