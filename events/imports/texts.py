"""Texts as tools export them, into ours: plain line ends, Markdown, by language."""

import re
import unicodedata
from inspect import cleandoc

from portal.html_to_markdown import html_to_markdown, looks_like_html

# The language of a text in a file that does not say which one it is written in.
UNSAID = ""
# The names that tools have for our languages, the best first.
LANGUAGES = {
    "zh-hans": ("zh-hans", "zh-Hans", "zh-cn", "zh-CN", "zh_CN", "zh", "zh-hant", "zh-tw", "zh-TW", "zh_TW"),
    "en": ("en", "en-us", "en-gb"),
}
# A surname and a given name; there are many Bens.
WHOLE_NAME = re.compile(r"\w\s+\w|[㐀-鿿]{2}")
# What no database takes: NUL, and halves of characters.
UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")


def text_of(said, is_markdown=False):
    """Return a text with plain line ends. HTML becomes Markdown, and what was hostile in it is gone.

    `is_markdown` says that the text is ours already: then it is taken as it is.
    """
    text = printable(said).replace("\r\n", "\n").replace("\r", "\n").strip()
    if is_markdown:
        return text
    # What was indented with the file would become code.
    return html_to_markdown(text) if looks_like_html(text) else cleandoc(text)


def line_of(said):
    """Return a text as one line."""
    return " ".join(printable(said).split())


def compared(name):
    """Return a name as names are compared: "TR 616 (1F)" is "tr616（１Ｆ）", whoever typed it."""
    return "".join(unicodedata.normalize("NFKC", printable(name)).split()).casefold()


def title_of(said):
    """Return a text as one line whose spaces are left as somebody has set them."""
    lines = map(str.strip, printable(said).replace("\t", "\n").splitlines())
    return " ".join(filter(None, lines))


def printable(said):
    """Return anything as text, without what no database takes; nothing for None and False."""
    return UNWRITABLE.sub("", "" if said is None or said is False else str(said))


def texts_of(said, clean=line_of):
    """Return a text that may be told by language, {"en": "Talk", "de": "Vortrag"}, as ours; `UNSAID` for "Talk".

    Where none of its languages is ours, the first one stands in.
    """
    if not isinstance(said, dict):
        return {UNSAID: clean(said)}
    texts = {
        code: clean(next((said[one] for one in theirs if said.get(one)), "")) for code, theirs in LANGUAGES.items()
    }
    first = clean(next(filter(None, said.values()), ""))
    return {code: text for code, text in texts.items() if text} or {UNSAID: first}
