"""Notices when a text changes in one language and not in the other: then the other waits for its translator.

Each version of a row that history writes is compared with the one before. So it
costs one query a save, whoever saves and however, and a row that was never
translated costs nothing more.
"""

from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES
from portal.models import OutdatedText
from portal.scope import texts_of

DELETED, MADE = "-", "+"


def marks_of(row, language=None):
    """Return the marks of a row's outdated texts, in one language or in all."""
    marks = OutdatedText.objects.filter(kind=row._meta.label_lower, row_id=row.pk)
    return marks.filter(language=language) if language else marks


def compare_versions(sender, instance, history_instance, **kwargs):
    """Mark what a new version leaves behind; a receiver of simple_history's `post_create_historical_record`."""
    texts = texts_of(type(instance))
    if not texts or history_instance.history_type == MADE:
        return
    if history_instance.history_type == DELETED:
        marks_of(instance).delete()
        return
    before = history_instance.prev_record
    if before is not None:
        for text in texts:
            if not text.endswith("_html"):
                _compare(instance, text, _in_each_language(before, text), _in_each_language(history_instance, text))


def _in_each_language(record, text):
    return {code: getattr(record, build_localized_fieldname(text, code)) or "" for code in CODES}


def _compare(row, text, before, after):
    if before == after:
        return
    marks = {mark.language: mark for mark in marks_of(row).filter(text=text)}
    for language in CODES:
        mark, original = marks.get(language), next(code for code in CODES if code != language)
        is_rewritten = before[language] != after[language]
        # What was outdated itself and is written anew is a translation, and makes nothing else older.
        is_left_behind = not is_rewritten and before[original] != after[original] and original not in marks
        if mark and (is_rewritten or not after[original] or after[original] == mark.former):
            mark.delete()
        elif not mark and is_left_behind and before[original] and after[original] and after[language]:
            OutdatedText.objects.create(
                kind=row._meta.label_lower, row_id=row.pk, text=text, language=language, former=before[original]
            )
