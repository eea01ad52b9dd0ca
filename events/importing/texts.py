"""In which language a text of a file is stored. A copy of the other language is stored once."""

import re

from events.imports.texts import UNSAID
from portal.importing import plain
from portal.languages import HTML_LANG

HAN = re.compile(r"[㐀-鿿]")


def language_of(read_file):
    """Return the language of a file that does not say: Chinese where half of its titles are."""
    titles = [text for session in read_file.sessions for text in session.titles.values() if text]
    chinese = sum(1 for title in titles if HAN.search(title))
    return "zh-hans" if titles and 2 * chinese >= len(titles) else "en"


def settle_texts(row, name, texts, language, longest=None):
    """Let the columns of a translated field of a `portal.importing.Row` say what the file says."""
    told = {code: text for code, text in texts.items() if code != UNSAID}
    if texts.get(UNSAID) is not None:
        told[language] = told.get(language) or texts[UNSAID]
    if len(told) == len(HTML_LANG) and len(set(told.values())) == 1:
        text = next(iter(told.values()))
        own = "zh-hans" if HAN.search(text) else "en"
        told = {own: text}
    for code, text in told.items():
        others = [plain(getattr(row.instance, column(name, other))) for other in HTML_LANG if other != code]
        if not text or plain(text) not in others:
            row.settle(column(name, code), text[:longest].rstrip() if longest else text)


def column(name, code):
    return f"{name}_{code.replace('-', '_')}"
