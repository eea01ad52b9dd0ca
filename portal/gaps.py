"""What waits for a translator: texts that are there in the other language only, or were changed there since."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from portal.models import OutdatedText

CODES = tuple(code for code, _label in settings.LANGUAGES)


def texts_with_a_gap(model, language):
    """Return the condition that some text of the row is missing in this language, or older than the other's.

    Rendered HTML follows from its text and does not count.
    """
    outdated = OutdatedText.objects.filter(kind=model._meta.label_lower, row_id=OuterRef("pk"), language=language)
    gaps = Q(Exists(outdated))
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
