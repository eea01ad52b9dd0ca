"""What waits for a translator: texts that are there in the other language only, or were changed there since."""

from functools import cache

from django.db import connection
from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from modeltranslation.translator import translator

from portal.languages import CODES
from portal.missing import missing_anywhere, missing_in
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
    counts = _counted(rows.filter(missing_anywhere(texts)), _missing(texts))
    return _with_outdated(counts, rows) if is_any_outdated else counts


def count_gaps_of_all(models):
    """Return model -> language -> how many of all its rows have a gap in it: one query for what is missing anywhere."""
    sql, parameters = _question_of_what_is_missing(tuple(models), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        missing = {label: dict(zip(CODES, counts, strict=True)) for label, *counts in cursor.fetchall()}
    outdated = kinds_with_outdated_texts()
    return {
        model: _with_outdated(missing[label], model.objects.all()) if label in outdated else missing[label]
        for model in models
        for label in [model._meta.label_lower]
    }


@cache
def _question_of_what_is_missing(models, _vendor):
    """Return (SQL, parameters) of rows of a model's label and one count for each language.

    It depends on columns alone, and is put together once a process: for forty kinds of rows Django takes longer
    over the question than a database over its answer.
    """
    questions = []
    for model in models:
        texts = _texts_of(model)
        rows = model.objects.filter(missing_anywhere(texts)).order_by()
        label = Value(model._meta.label_lower, output_field=CharField())
        questions.append(rows.annotate(of=label).values("of").annotate(**_counts(_missing(texts))))
    return questions[0].union(*questions[1:], all=True).query.sql_with_params()


def _missing(texts):
    return {code: missing_in(code, texts) for code in CODES}


def _with_outdated(counts, rows):
    """Return the counts with the rows that lack nothing and have a text older than the other language's."""
    missing = _missing(_texts_of(rows.model))
    marked = OutdatedText.objects.filter(kind=rows.model._meta.label_lower).values("row_id")
    outdated = {code: texts_outdated(rows.model, code) & ~missing[code] for code in CODES}
    besides = _counted(rows.filter(pk__in=marked), outdated)
    return {code: counts[code] + besides[code] for code in CODES}


def _counted(rows, conditions):
    """Return language -> how many rows meet its condition, in one query."""
    counts = rows.aggregate(**_counts(conditions))
    return {code: counts[_name(code)] for code in conditions}


def _counts(conditions):
    return {_name(code): Count("pk", filter=condition) for code, condition in conditions.items()}


def _name(code):
    return code.replace("-", "_")


def _texts_of(model):
    """Rendered HTML follows from its text and does not count."""
    return [name for name in translator.get_options_for_model(model).all_fields if not name.endswith("_html")]
