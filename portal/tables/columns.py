"""What a cell means: a text, a word of a list, a number, a day. Each column reads a cell, and says a row's value."""

import re
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst, format_lazy
from django.utils.timezone import is_aware
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
        """Return the value of a cell, for `context` (`planning.Context`). Raises NotUnderstood."""
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
        super().__init__(name, label=label, told=True, help_text=gettext_lazy("For reading; an import passes it over."))
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
        super().__init__("slug", model, help_text=gettext_lazy("Empty: told by the name, or made from it."))


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


DAY = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-|/(?P<month2>\d{1,2})/|年(?P<month3>\d{1,2})月)(?P<day>\d{1,2})日?"
    r"|(?P<day2>\d{1,2})\.(?P<month4>\d{1,2})\.(?P<year2>\d{4})"
)
HOUR = re.compile(r"[T\s]*(\d{1,2})[:：](\d{2})(?::\d{2})?")
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # 1954 to 2119, as Excel counts days
EPOCH = datetime(1899, 12, 30)


def day_and_rest(cell):
    """Return (date, what follows it as text or a time) of a cell in one of the notations; None where it is no day.

    2026-10-28, 2026/10/28, 28.10.2026, 2026年10月28日, and the number that Excel stores for it.
    """
    if isinstance(cell, datetime):  # spreadsheets know no days, but midnights
        return cell.date(), cell.time() if cell.time() != time() else ""
    if isinstance(cell, date):
        return cell, ""
    text = text_of(cell)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and FIRST_SERIAL < float(text) < LAST_SERIAL:
        moment = EPOCH + timedelta(minutes=round(float(text) * 24 * 60))
        return moment.date(), moment.time() if "." in text else ""
    match = DAY.match(text)
    if match is None:
        return None
    found = {name.rstrip("234"): int(value) for name, value in match.groupdict().items() if value}
    try:
        return date(**found), text[match.end() :].strip()
    except ValueError:
        return None


class Day(Column):
    example = "2026-10-28"
    kind_told = gettext_lazy("A day.")

    def shown(self, value):
        return value.isoformat() if value else ""

    def value(self, cell, context):
        if text_of(cell) == "":
            return None
        found = day_and_rest(cell)
        if found is None or found[1] != "":
            raise NotUnderstood(_("Expected a day, written as 2026-10-28."))
        return found[0]


class Moment(Column):
    """A day and an hour by the clock of `context.zone`; only an hour takes the day of the column `day_of`."""

    example = "2026-10-28 09:30"
    kind_told = gettext_lazy("A day and an hour by the clock of the event.")

    def __init__(self, field, model, *, day_of="", **options):
        super().__init__(field, model, **options)
        self.day_of = day_of

    def cell(self, row):
        moment = getattr(row, self.field)
        return moment.astimezone(getattr(row, row.PARENT).tzinfo).strftime("%Y-%m-%d %H:%M") if moment else ""

    def shown(self, value):
        return date_format(value, "Y-m-d H:i") if value else ""

    def value(self, cell, context):
        if text_of(cell) == "":
            return None
        found = (None, cell) if isinstance(cell, time) else day_and_rest(cell)
        if found is None and self.day_of and HOUR.fullmatch(text_of(cell)):
            found = None, text_of(cell)
        if found is not None:
            day, hour = found[0] or self._other_day(context), _hour(found[1])
            if day is not None and hour is not None:
                return datetime.combine(day, hour, context.zone)
        raise NotUnderstood(_("Expected a day and an hour, written as 2026-10-28 09:30."))

    def _other_day(self, context):
        other = context.values.get(self.day_of)
        return other.date() if isinstance(other, datetime) else None

    def settle(self, row, value, context):
        current = getattr(row, self.field)
        if current is not None and is_aware(current):
            current = current.astimezone(context.zone)
            if value is not None and current.replace(second=0, microsecond=0) == value:
                return None
            setattr(row, self.field, current)
        return super().settle(row, value, context)


def _hour(said):
    if isinstance(said, time):
        return said.replace(second=0, microsecond=0)
    match = HOUR.fullmatch(said)
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
