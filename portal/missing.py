"""Which texts a row lacks: there in one language and not in the other. Plain conditions on names of columns."""

from functools import reduce
from operator import or_

from django.db.models import Q
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES


def missing_in(language, texts):
    """Return the condition that one of the texts is missing in a language and there in another."""
    return _any_of(_is_missing(text, language, other) for text in sorted(texts) for other in CODES if other != language)


def missing_anywhere(texts):
    """Return the condition that one of the texts is missing in any language, as an index of many rows has it."""
    return _any_of(missing_in(language, texts) for language in CODES)


def _is_missing(text, language, other):
    here, there = (build_localized_fieldname(text, code) for code in (language, other))
    return (Q(**{here: ""}) | Q(**{f"{here}__isnull": True})) & Q(**{f"{there}__gt": ""})


def _any_of(conditions):
    return reduce(or_, conditions)
