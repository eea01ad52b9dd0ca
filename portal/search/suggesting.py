"""“Did you mean …”: where a query finds nothing, the nearest of the words that titles and names are made of."""

from difflib import get_close_matches

from django.utils import timezone

from portal.models.search import SearchEntry
from portal.pagecache.known import once_a_generation
from portal.search.finding import find
from portal.search.words import ENDING, LONGEST_QUERY, RUN, folded, is_chinese

# Of so many entries the words are known, the weightiest first, and so many words of a query are mended.
MOST_ENTRIES = 10_000
MOST_MENDED = 4
# How like two words must be, from 0 to 1: one wrong letter of four; one wrong character of a name of three, or of two.
LIKE_ENOUGH, LIKE_ENOUGH_IN_CHINESE, LIKE_ENOUGH_IN_TWO = 0.75, 0.6, 0.5
# Names of two characters have many that are as near; those that begin alike are looked for among so many.
MOST_NEAR = 50
# Chinese writes no spaces: what is longer is a sentence, not a name.
LONGEST_CHINESE = 6
SHORTEST, SHORTEST_CHINESE = 3, 2


def suggest(text, language, now):
    """Return what a query that finds nothing may have meant, and finds something; or an empty text."""
    words = _words_of_titles()
    mended = RUN.sub(lambda run: _mended(run[0], words), text[:LONGEST_QUERY], count=MOST_MENDED)
    return mended if mended != text and find(mended, language, now, limit=1).total else ""


@once_a_generation
def _words_of_titles():
    """Return {folded word: the word as a title writes it} of what is public now."""
    entries = SearchEntry.objects.filter(visible_from__lte=timezone.now()).order_by("-weight", "-pk")
    words = {}
    for titles in entries.values_list("titles", flat=True)[:MOST_ENTRIES]:
        for title in titles.values():
            for word in RUN.findall(title):
                if _may_be_mistyped(word) and not (is_chinese(word) and len(word) > LONGEST_CHINESE):
                    words.setdefault(folded(word), word)
    return words


def _may_be_mistyped(word):
    """Short words and numbers are meant as they are."""
    return len(word) >= (SHORTEST_CHINESE if is_chinese(word) else SHORTEST) and not word[0].isdigit()


def _mended(word, words):
    """Return the word itself where it is known or like no other, else the nearest one."""
    flat = folded(word)
    if not _may_be_mistyped(flat) or _is_known(flat, words):
        return word
    candidates = [known for known in words if abs(len(known) - len(flat)) <= 1]
    near = get_close_matches(flat, candidates, MOST_NEAR, _like_enough(flat))
    near.sort(key=lambda known: known[0] != flat[0])  # the first letter is rarely the wrong one
    return words[near[0]] if near else word


def _like_enough(word):
    if not is_chinese(word):
        return LIKE_ENOUGH
    return LIKE_ENOUGH_IN_TWO if len(word) == SHORTEST_CHINESE else LIKE_ENOUGH_IN_CHINESE


def _is_known(word, words):
    """As the index finds it: Chinese anywhere, Latin by its root."""
    if is_chinese(word):
        return any(word in known for known in words)
    root = ENDING.sub("", word)
    return any(known.startswith(root) for known in words)
