"""What a cell means: a text, a word of a list, a number. Each column reads a cell, and says a row's value."""

import re

from django.conf import settings
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES
from portal.spreadsheets import harmed
from portal.tables.files import Unusable


class NotUnderstood(Exception):
    """A cell that means nothing in its column; the text says what was expected."""


def text_of(cell):
    """Return a cell as text: trimmed, with plain line ends, without the apostrophe that keeps a text a text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return harmed(str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip())


class Column:
    """A column of a table for the field `field`.

    `name` heads it for programs, `label` for people; `told` columns are
    written by exports and never read.
    """

    told = False
    # Whether a field of the row holds the value; else it follows from other rows.
    is_of_the_row = True
    example = ""
    kind_told = ""

    def __init__(self, field, model=None, *, name="", label="", help_text="", told=False, example=""):
        self.field, self.name = field, name or field
        model_field = model._meta.get_field(field) if model else None
        self.label = label or capfirst(model_field.verbose_name)
        self.help_text = help_text or getattr(model_field, "help_text", "") or self.kind_told
        self.told, self.example = told, example or self.example

    def headings(self):
        """Return the set of words by which a file may head the column."""
        words = {self.name}
        for code in CODES:
            with override(code):
                words.add(str(self.label))
        return {plain_heading(word) for word in words}

    def short_heading(self):
        """Return a word by which a file may head the column where no other column is called so, or nothing."""
        return ""

    def cell(self, row):
        """Return what an export writes."""
        return self.shown(getattr(row, self.field))

    def shown(self, value):
        return "" if value is None else str(value)

    def read(self, cell, context):
        """Return the value of a cell, for `context` (`lines.Context`). Raises NotUnderstood."""
        if isinstance(cell, Unusable):
            raise NotUnderstood(cell.why)
        return self.value(cell, context)

    def value(self, cell, context):
        return text_of(cell)

    def settle(self, row, value, context):
        """Put the value into the row; return (before, after) as people read them, or None where it is the same."""
        current = getattr(row, self.field)
        if current == value or (current in (None, "") and value in (None, "")):
            return None
        setattr(row, self.field, value)
        return self.shown(current), self.shown(value)


def plain_heading(word):
    """Return a heading as it is compared: "  Name（English）" and "name (english)" are the same."""
    text = text_of(word).casefold().replace("（", "(").replace("）", ")").replace("·", " ")
    return " ".join(text.split()).replace(" (", "(")


class Told(Column):
    """What an export tells and an import passes over; `tell(row)` gives the cell."""

    is_of_the_row = False

    def __init__(self, name, label, tell):
        super().__init__(name, label=label, told=True, help_text=gettext_lazy("For reading only; an import skips it."))
        self.tell = tell

    def cell(self, row):
        return self.tell(row)


TEXT_IN = {"zh-hans": gettext_lazy("A text in Chinese."), "en": gettext_lazy("A text in English.")}


class Text(Column):
    """A text in one language; `texts` makes the pair."""

    def __init__(self, text, code, model):
        field = model._meta.get_field(build_localized_fieldname(text, code))
        self.text_label = capfirst(field.translated_field.verbose_name)
        label = format_lazy("{text} · {language}", text=self.text_label, language=dict(settings.LANGUAGES)[code])
        super().__init__(
            field.name,
            name=f"{text}_{code[:2]}",
            label=label,
            help_text=field.translated_field.help_text or TEXT_IN[code],
        )
        self.text, self.code = text, code

    def short_heading(self):
        """The text's name without a language, in the words of that language: 标题 is Chinese, title is English."""
        with override(self.code):
            return plain_heading(str(self.text_label))

    def settle(self, row, value, context):
        # What is stored was typed into a form, whose line ends and margins are not the file's.
        return None if text_of(getattr(row, self.field)) == value else super().settle(row, value, context)


def texts(model, *names):
    """Return the columns of translated fields, both languages of each side by side."""
    return [Text(name, code, model) for name in names for code in CODES]


class Address(Column):
    """The slug, by which a row is known for good."""

    example = "li-ming"

    def __init__(self, model):
        super().__init__("slug", model, help_text=gettext_lazy("Empty: found by the name, or made from it."))


class Link(Column):
    example = "https://example.org/"
    kind_told = gettext_lazy("A web address.")

    def value(self, cell, context):
        text = text_of(cell)
        return f"https://{text}" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text) else text


class Choice(Column):
    """One of the words of the field's choices, in either language or as it is stored."""

    def __init__(self, field, model, **options):
        super().__init__(field, model, **options)
        model_field = model._meta.get_field(field)
        self.choices = [(str(value), label) for value, label in model_field.flatchoices]
        self.default = model_field.get_default()
        self.example = self.example or next((label for value, label in self.choices if value), "")

    def words(self):
        return [str(label) for value, label in self.choices if value]

    def shown(self, value):
        return str(dict(self.choices).get(str(value or ""), "")) if value else ""

    def value(self, cell, context):
        word = text_of(cell).casefold()
        if not word:
            return self.default
        known = {}
        for value, label in self.choices:
            known[value.casefold()] = value
            for code in CODES:
                with override(code):
                    known.setdefault(str(label).casefold(), value)
        if word not in known:
            raise NotUnderstood(_("Expected one of: %(words)s.") % {"words": ", ".join(self.words())})
        return known[word]


class Whole(Column):
    """A whole number that is not negative; "261,705" is one."""

    example = "144"
    kind_told = gettext_lazy("A whole number.")

    def __init__(self, field, model, **options):
        super().__init__(field, model, **options)
        self.default = model._meta.get_field(field).get_default()

    def value(self, cell, context):
        text = re.sub(r"(?<=\d)[,，\s](?=\d{3}\b)", "", text_of(cell))
        if not text:
            return self.default
        if not re.fullmatch(r"\d{1,15}", text):
            raise NotUnderstood(_("Expected a whole number."))
        return int(text)


class YesNo(Column):
    kind_told = gettext_lazy("Yes or no; empty means no.")
    YES, NO = {"yes", "y", "true", "1", "x", "是", "对", "✓"}, {"", "no", "n", "false", "0", "否", "不"}

    def shown(self, value):
        return _("yes") if value else _("no")

    def value(self, cell, context):
        word = text_of(cell).casefold()
        if word in self.YES | {_("yes").casefold()}:
            return True
        if word in self.NO | {_("no").casefold()}:
            return False
        raise NotUnderstood(_("Expected yes or no."))
