"""The rows of a CSV file, as people save it: in UTF-8 or GB 18030, with commas, semicolons or tabs."""

import codecs
import csv
import io
from contextlib import suppress
from functools import partial
from itertools import islice

from django.utils.translation import gettext as _

from events.imports.columns import ABOVE, columns_of
from events.imports.rows import MOST_ROWS, NotReadable

DELIMITERS = ",;\t"
# So many characters of GB 18030 are good UTF-8 by chance; more of them, and a file in UTF-8 is damaged.
BY_CHANCE = 4
END = "\x1e"  # a row behind the last, which a quotation mark that is never closed swallows


def text_of_csv(content):
    """Return the text of the bytes of a CSV file, and whether it is UTF-8. Raises NotReadable.

    Half a file must not be taken for GB 18030, in which nearly everything is some character.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode(), True
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
    with suppress(UnicodeDecodeError):
        if sum(not char.isascii() for char in before) <= BY_CHANCE:
            return content.decode("gb18030"), False
    sentence = _("Expected text in UTF-8 or GB 18030; found something else in line %(number)d. Is the file whole?")
    raise NotReadable(sentence % {"number": before.count("\n") + 1})


def rows_of_csv(text):
    """Return the list of rows of the text of a CSV file. Raises NotReadable."""
    rows, begins = [], 1
    delimiter = max(DELIMITERS, key=partial(_columns_by, text))
    reader = csv.reader(io.StringIO(f"{text}\n{END}", newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise NotReadable(_("Expected at most %(most)d rows.") % {"most": MOST_ROWS})
            begins = begins if row[-1:] and END in row[-1] else reader.line_num + 1
    except csv.Error:
        rows.append([])
    if rows.pop() != [END]:
        sentence = _("A quotation mark that opens in line %(number)d is never closed. Is the file whole?")
        raise NotReadable(sentence % {"number": begins})
    return rows


def _columns_by(text, delimiter):
    """Return how many columns the first rows name where this parts them."""
    with suppress(csv.Error):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return max(sum(name is not None for name in columns_of(row)) for row in [[], *islice(reader, ABOVE + 1)])
    return 0
