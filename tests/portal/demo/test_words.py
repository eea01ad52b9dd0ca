"""The words of the demo are its own: facts are carried from the documents, sentences and private data are not."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from modeltranslation.translator import translator

from portal.demo.files import data_files
from portal.models import City, Organization, OrganizationName, Person
from portal.scope import texts_of
from tests import shared as beside

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

SEEDS = beside.folder("seeds")
# What is told in sentences; names and titles are facts.
PROSE = {"summary", "body", "abstract", "note", "standing_note", "contact_note", "directions", "bio"}
# Characters that no text may share with a document, in a row: about half a sentence.
LONGEST_SHARED = {"en": 40, "zh_hans": 18}
# Names are left as they are where only one language has them; the rest of these are words for a number's unit.
ONE_LANGUAGE_WILL_DO = {"name", "unit", "shown_as"}


def rows():
    registered = translator.get_registered_models()
    for model in registered:
        if not model._meta.abstract and apps.is_installed(model._meta.app_label):
            yield from model._default_manager.all()


@pytest.fixture(scope="module")
def documents():
    if not SEEDS.is_dir():
        pytest.skip("the documents that the demo was gathered from are not at hand")
    return [squeezed(path.read_text()) for path in sorted(SEEDS.glob("*.txt"))]


def squeezed(text):
    """Return a text without web addresses, on one line and in lower case."""
    return " ".join(re.sub(r"https?://[^\s)]+", "", text).split()).lower()


def names():
    """Return what people, organizations and cities are called, the longest first: lists of them are facts, too."""
    found = set()
    for model in (Person, Organization, OrganizationName, City):
        for row in model.objects.all():
            found |= {squeezed(name) for name in (row.name_zh_hans, row.name_en) if name}
    return sorted(found, key=len, reverse=True)


def without_names(text, known):
    return re.sub("|".join(map(re.escape, known)), "·", text)


def shared(text, documents, length):
    """Return the first stretch of so many characters that the text has in common with a document, or None."""
    windows = (text[at : at + length] for at in range(len(text) - length + 1))
    return next((window for window in windows if any(window in document for document in documents)), None)


def test_no_sentence_is_shared_with_the_documents(documents):
    known = names()
    documents = [without_names(document, known) for document in documents]

    found = []
    for row in rows():
        for field in PROSE & texts_of(type(row)):
            for language, length in LONGEST_SHARED.items():
                text = without_names(squeezed(getattr(row, f"{field}_{language}") or ""), known)
                if stretch := shared(text, documents, length):
                    found.append(f"{row._meta.label} {row}, {field}: {stretch}")

    assert found == []


def test_the_private_wechat_id_is_nowhere(documents):
    private = {match[1] for document in documents for match in re.finditer(r"微信进群，(\w+)", document)}
    assert private

    for path in [*data_files(), *(Path(__file__).parents[2]).rglob("*.py")]:
        assert not [name for name in private if name in path.read_text().lower()], path


def test_every_text_is_in_both_languages():
    lacking = [
        f"{row._meta.label} {row}: {field}"
        for row in rows()
        for field in texts_of(type(row)) - ONE_LANGUAGE_WILL_DO
        if bool(getattr(row, f"{field}_zh_hans")) != bool(getattr(row, f"{field}_en"))
    ]

    assert lacking == []


def test_chinese_names_are_empty_only_where_no_document_gives_one():
    latin_only = {person.name_en for person in Person.objects.all() if not person.name_zh_hans}

    assert {"Ted Liu", "Mabel Li", "Jim Zemlin", "Zhang Ying"} < latin_only
    assert not {"Biaowei Zhuang", "Liu Xiaodong", "Zhou Minghui"} & latin_only
