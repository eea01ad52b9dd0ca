"""Suggestions for addresses: ASCII words from Chinese by pinyin, free within their scope."""

from importlib import import_module

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from portal.addresses import reserved_words

LONGEST = 80


def slug_from(text):
    """Return the text as a slug: Latin words as they are, Chinese characters by their pinyin; may be empty.

    >>> slug_from("开源社 KAIYUANSHE")
    'kai-yuan-she-kaiyuanshe'
    """
    # Its dictionary takes more memory than all the rest of the portal, and only saving in the admin asks for it.
    lazy_pinyin = import_module("pypinyin").lazy_pinyin
    syllables = lazy_pinyin(text, errors=lambda rest: f" {rest} ")
    return slugify(" ".join(syllables))[:LONGEST].strip("-")


def free_slug(wanted, taken):
    """Return `wanted`, or the first of wanted-2, wanted-3 … that is no word of the addresses and not in `taken`.

    `taken` is a queryset of the rows among which the slug is unique.
    """
    used = reserved_words().union(taken.filter(slug__startswith=wanted[: LONGEST - 4]).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in used:
        number += 1
        slug = f"{wanted[: LONGEST - 4]}-{number}"
    return slug


def save_with_free_slug(row, wanted):
    """Save a new row under a slug that is free among all of its kind, made from `wanted`; return it.

    Of two that want the same one at the same moment, the second gets the next.
    """
    taken = type(row)._base_manager.all()
    while True:
        row.slug = free_slug(wanted, taken)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            if not taken.filter(slug=row.slug).exists():
                raise
        else:
            return row


class Slugs:
    """Gives out addresses that are free, without asking the database for each."""

    def __init__(self, taken):
        self.taken = set(taken)

    def take(self, texts, fallback):
        """Return an address made from the last of the texts (by language) that has words, else from `fallback`."""
        wanted = next(filter(None, (slug_from(text) for text in reversed(texts.values()) if text)), fallback)
        number, slug = 1, wanted
        while slug in self.taken or slug in reserved_words():
            number += 1
            slug = f"{wanted[: LONGEST - 6]}-{number}"
        self.taken.add(slug)
        return slug
