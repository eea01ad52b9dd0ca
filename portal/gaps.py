"""What waits for a translator: texts that are there in the other language only, or were changed there since."""

from django.db.models import Count, Exists, OuterRef, Q
from modeltranslation.translator import translator

from portal.missing import CODES, missing_anywhere, missing_in
from portal.models import OutdatedText


def texts_with_a_gap(model, language):
    """Return the condition that some text of the row is missing in this language, or older than the other's."""
    return missing_in(language, _texts_of(model)) | texts_outdated(model, language)


def texts_outdated(model, language):
    """Return the condition that some text of the row is older in this language than in the other."""
    marks = OutdatedText.objects.filter(kind=model._meta.label_lower, row_id=OuterRef("pk"), language=language)
    return Q(Exists(marks))


def kinds_with_outdated_texts():
    """Return the set of labels of the models of which some row has an outdated text."""
    return set(OutdatedText.objects.values_list("kind", flat=True).distinct())


def count_gaps(rows, is_any_outdated):
    """Return language -> how many of the rows have a gap in it.

    Rows that lack a text are found apart from those with outdated ones, of which there are
    few: so a table of a hundred thousand photos is read by its index of what is missing.
    """
    texts = _texts_of(rows.model)
    missing = {code: missing_in(code, texts) for code in CODES}
    counts = _counted(rows.filter(missing_anywhere(texts)), missing)
    if not is_any_outdated:
        return counts
    marked = OutdatedText.objects.filter(kind=rows.model._meta.label_lower).values("row_id")
    outdated = {code: texts_outdated(rows.model, code) & ~missing[code] for code in CODES}
    besides = _counted(rows.filter(pk__in=marked), outdated)
    return {code: counts[code] + besides[code] for code in CODES}


def _counted(rows, conditions):
    """Return language -> how many rows meet its condition, in one query."""
    names = {code: code.replace("-", "_") for code in CODES}
    counts = rows.aggregate(**{names[code]: Count("pk", filter=condition) for code, condition in conditions.items()})
    return {code: counts[name] for code, name in names.items()}


def _texts_of(model):
    """Rendered HTML follows from its text and does not count."""
    return [name for name in translator.get_options_for_model(model).all_fields if not name.endswith("_html")]
