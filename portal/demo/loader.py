"""The one loader: entries of the data files to rows.

An entry that is there already is left alone, with everything in it: what an
organizer changed stays changed. One that is not there is made, with what
belongs to it. So loading twice changes nothing.
"""

from collections import Counter
from contextlib import contextmanager

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from portal.addresses import FormerSlug
from portal.demo.files import DemoError, name_of, read
from portal.demo.moments import is_relative, moment
from portal.scope import texts_of

# What an entry is known by where its kind has no slug.
KEYS = {"portal.community": "id", "portal.privacynotice": "version", "portal.source": "title_en"}
LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Loader:
    """Loads files, counts what it makes, and knows where in a file it is when something is wrong."""

    def __init__(self, today=None):
        self.today = today or timezone.localdate()
        self.now = timezone.now()
        self.made = Counter()
        self.left_alone = 0
        self._seen = set()
        # The rows of a file's entries, by the identity of the entry: a YAML alias is the entry itself.
        self._rows = {}
        self._place = []

    def load(self, path):
        """Make the rows of a file that are not there yet; raises DemoError."""
        self._rows = {}
        with self._at(name_of(path)):
            for model, entries in read(path):
                for position, entry in enumerate(entries, 1):
                    with self._at(f"{model._meta.label_lower} “{key_of(model, entry)}”"):
                        self._load(model, entry, position)

    def _load(self, model, entry, position):
        key = key_of(model, entry)
        if (model, key) in self._seen:
            raise self._error("this entry is there twice")
        self._seen.add((model, key))
        row = find(model, key)
        if row is None:
            self._make(model, entry, position)
        else:
            self._rows[id(entry)] = row
            self.left_alone += 1

    def _make(self, model, entry, position, **given):
        """Save the row of an entry, and the rows that the entry lists under it."""
        columns, many, children = self._sorted(model, entry)
        given |= self._defaults(model, position)
        row = model(**given | columns)
        try:
            row.full_clean(exclude=[field.name for field in model._meta.fields if not field.editable])
            row.save()
        except (ValidationError, IntegrityError) as error:
            raise self._error(error) from error
        for name, rows in many.items():
            getattr(row, name).set(rows)
        self.made[model] += 1
        self._rows[id(entry)] = row
        for field, entries in children:
            for number, child in enumerate(entries, 1):
                with self._at(f"{field.name} {number}"):
                    self._make(field.related_model, child, number, **{field.field.name: row})

    def _sorted(self, model, entry):
        """Return the values of an entry as (columns, many-to-many rows, what belongs to the row)."""
        if not isinstance(entry, dict):
            raise self._error("write names of fields with their values")
        columns, many, children = {}, {}, []
        for name, value in entry.items():
            with self._at(name):
                field = self._field(model, name)
                if field.one_to_many:
                    children.append((field, value))
                elif field.one_to_one and field.auto_created:
                    children.append((field, [value]))
                elif field.many_to_many:
                    many[name] = [self._row(field.related_model, one) for one in value]
                elif field.is_relation:
                    columns[name] = value and self._row(field.related_model, value)
                elif name in texts_of(model):
                    columns |= self._translations(name, value)
                else:
                    columns[name] = self._moment(value) if is_relative(value) else value
        return columns, many, children

    def _defaults(self, model, position):
        """An entry is public from its loading on, and stands where it is written, unless it says otherwise."""
        defaults = {"published_at": self.now, "position": position}
        names = {field.name for field in model._meta.fields}
        return {name: value for name, value in defaults.items() if name in names}

    def _translations(self, name, value):
        """Return the columns of a text: {zh: …, en: …}, or one text that is the same in both."""
        texts = value if isinstance(value, dict) else dict.fromkeys(LANGUAGES, value)
        if unknown := texts.keys() - LANGUAGES.keys():
            raise self._error(f"languages are {' and '.join(LANGUAGES)}, not {', '.join(unknown)}")
        return {build_localized_fieldname(name, LANGUAGES[code]): text for code, text in texts.items()}

    def _moment(self, value):
        try:
            return moment(value, self.today)
        except (KeyError, TypeError, ValueError) as error:
            raise self._error(f"no such moment: {value}") from error

    def _field(self, model, name):
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise self._error(error) from error

    def _row(self, model, value):
        """Return the row that a value names: by its key, or by an alias of its entry in the same file."""
        row = self._rows.get(id(value)) if isinstance(value, dict) else find(model, value)
        if row is None:
            raise self._error(f"there is no {model._meta.verbose_name} “{value}”")
        return row

    @contextmanager
    def _at(self, step):
        self._place.append(step)
        yield
        self._place.pop()

    def _error(self, reason):
        return DemoError(f"{', '.join(self._place)}: {reason}")


def key_of(model, entry):
    """Return what an entry is known by: its slug, or what KEYS says of its kind; None where it does not say."""
    name, _, language = KEYS.get(model._meta.label_lower, "slug").partition("_")
    value = entry.get(name) if isinstance(entry, dict) else None
    return value.get(language) if language and isinstance(value, dict) else value


def find(model, key):
    """Return the row known by a key, or None; a slug also leads to the row that had it formerly."""
    name = KEYS.get(model._meta.label_lower, "slug")
    row = model._default_manager.filter(**{name: key}).first()
    if row is None and name == "slug":
        former = FormerSlug.objects.filter(model=model._meta.label_lower, scope=0, slug=key).first()
        row = former and model._default_manager.filter(pk=former.object_id).first()
    return row
