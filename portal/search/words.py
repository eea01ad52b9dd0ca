"""Words as the search index knows them, in Chinese and in English. Pure text, no database.

Chinese writes no spaces, so each run of Chinese characters is kept as its
overlapping pairs and its last character: 开源社 becomes 开源, 源社, 社. A query of
two characters or more is then a phrase of pairs, one of a single character a
prefix. Latin words are kept as they are and searched by their root as a prefix
(hackers finds hackathon's hacker, communities finds community), which needs no
stemmer and so behaves the same on every database. Numbers are words of their
own: COSCon'23 is found by coscon23, COSCon 23 and coscon.
"""

import re
import unicodedata
from dataclasses import dataclass

CHINESE = (
    "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
LETTER = rf"[^\W\d_{CHINESE}]"
RUN = re.compile(rf"[{CHINESE}]+|{LETTER}+|\d+")
# What stands together in a query without a space, as in COSCon'23 or node.js, must stand together in the text.
CHUNK = re.compile(rf"[{CHINESE}]+|(?:{LETTER}+|\d+)(?:['’.+&@_-]?(?:{LETTER}+|\d+))*")
# Endings that leave a root of four letters or more.
ENDING = re.compile(r"(?<=\w{4})(?:ies|ing|ed|es|s|y|e)$")

# Characters of a text that are indexed, and of a query that are read; words of a query that count.
LONGEST_TEXT = 12_000
LONGEST_QUERY = 200
MOST_TERMS = 8


def folded(text):
    """Return the text without differences of width, case and accent: "ＫＣＣ" and "kcc" are one."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(char for char in text if not unicodedata.combining(char)))


def indexed(*texts):
    """Return the words of the texts as one string of tokens with spaces between."""
    tokens = []
    for text in texts:
        for run in RUN.findall(folded(text[:LONGEST_TEXT])):
            tokens += [*_pairs(run), run[-1]] if is_chinese(run) else [run]
    return " ".join(tokens)


def is_chinese(run):
    return re.match(f"[{CHINESE}]", run) is not None


def _pairs(run):
    return [run[place : place + 2] for place in range(len(run) - 1)]


@dataclass(frozen=True)
class Term:
    """Tokens that must follow one another; of the last, a beginning is enough if `is_prefix`."""

    tokens: tuple
    is_prefix: bool
    pattern: str

    @classmethod
    def of(cls, chunk):
        if is_chinese(chunk):
            pairs = tuple(_pairs(chunk))
            return cls(pairs or (chunk,), is_prefix=not pairs, pattern=re.escape(chunk))
        *before, last = RUN.findall(chunk)
        # Short words and numbers are meant as they are: "AI" is not "aim".
        is_prefix = len(last) > 2 and not last[0].isdigit()
        if is_prefix:
            last = ENDING.sub("", last)
        tokens = (*before, last)
        begins = rf"(?<!{LETTER})" if not tokens[0][0].isdigit() else r"(?<!\d)"
        ends = rf"{LETTER}*" if is_prefix else rf"(?!{LETTER})" if not last[0].isdigit() else r"(?!\d)"
        return cls(tokens, is_prefix, begins + r"[\W_]{0,2}".join(map(re.escape, tokens)) + ends)


class Query:
    """What a visitor typed, read as terms that must all be found. Never raises; without words it is false."""

    def __init__(self, text):
        chunks = CHUNK.findall(folded(text[:LONGEST_QUERY]))
        self.terms = [Term.of(chunk) for chunk in dict.fromkeys(chunks)][:MOST_TERMS]
        self._spans = {}

    def __bool__(self):
        return bool(self.terms)

    def for_sqlite(self, titles_only=False):
        """Return the query in the syntax of FTS5. Tokens hold letters and digits only, so nothing can be injected."""
        phrases = [f'"{" ".join(term.tokens)}"{" *" if term.is_prefix else ""}' for term in self.terms]
        query = " AND ".join(phrases)
        return f"{{title_words}} : ({query})" if titles_only else query

    def for_postgresql(self, titles_only=False):
        """Return the query in the syntax of tsquery; titles carry the weight A."""
        weight = "A" if titles_only else ""
        phrases = []
        for term in self.terms:
            marks = [weight] * (len(term.tokens) - 1) + [("*" if term.is_prefix else "") + weight]
            lexemes = [
                f"'{token}'" + (f":{mark}" if mark else "") for token, mark in zip(term.tokens, marks, strict=True)
            ]
            phrases.append(f"({' <-> '.join(lexemes)})")
        return " & ".join(phrases)

    def spans(self, text):
        """Return the (start, end) places of the terms in a text as it was written, in order and apart."""
        if not self.terms:
            return []
        if text not in self._spans:  # of a result, it is asked whether there are any, and then which
            flat, origins = _folded_with_origins(text)
            found = re.finditer("|".join(term.pattern for term in self.terms), flat)
            self._spans[text] = [(origins[match.start()], origins[match.end() - 1] + 1) for match in found]
        return self._spans[text]


def _folded_with_origins(text):
    """Return the folded text, and for each of its characters the place of the one it came from."""
    flat = folded(text)
    if len(flat) == len(text):
        return flat, range(len(text))
    pieces = [folded(char) for char in text]
    origins = [place for place, piece in enumerate(pieces) for _char in piece]
    return "".join(pieces), origins
