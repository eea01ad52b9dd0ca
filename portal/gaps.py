"""What lacks a translation."""

from django.conf import settings
from django.db.models import Q
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

CODES = tuple(code for code, _label in settings.LANGUAGES)


def texts_with_a_gap(model, language):
    """Return the condition that some text of the row exists in another language and not in this one.

    Rendered HTML follows from its text and does not count.
    """
    gaps = Q()
    for name in translator.get_options_for_model(model).all_fields:
        if name.endswith("_html"):
            continue
        here = build_localized_fieldname(name, language)
        there = Q()
        for code in CODES:
            if code != language:
                there |= Q(**{f"{build_localized_fieldname(name, code)}__gt": ""})
        gaps |= (Q(**{here: ""}) | Q(**{f"{here}__isnull": True})) & there
    return gaps
