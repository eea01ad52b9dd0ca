"""Cells that name other rows: by their address, by "Name (address)" as exports write it, or by their name alone."""

import re
from collections import defaultdict
from difflib import get_close_matches

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES
from portal.scope import choices_for, texts_of
from portal.tables.columns import Column, NotUnderstood, text_of

WITH_KEY = re.compile(r".*[(（]([a-z0-9/#-]+)[)）]\s*\Z", re.DOTALL)
BETWEEN = re.compile(r"[;；、\n]+")


def key_of(row):
    """Return what names a row for good: its address, or #number where it has none."""
    return row.slug if hasattr(row, "slug") else f"#{row.pk}"


def shown(row, key=key_of):
    """Return "Name (address)"; the name alone could be anybody's."""
    return f"{row} ({key(row)})" if row is not None else ""


class Lookup:
    """Rows by what may be written for them; read once for a whole file."""

    def __init__(self, rows, key=key_of, text=None):
        self.by_key, self.by_name = {}, defaultdict(set)
        self.keys = defaultdict(set)
        for row in rows:
            self.keys[key(row)].add(row)
            for name in names_of(row, text):
                self.by_name[name.casefold()].add(row)
        self.key = key

    def find(self, said):
        """Return the row that a text names. Raises NotUnderstood."""
        match = WITH_KEY.match(said)
        for found in (match and self.keys.get(match[1]), self.keys.get(said), self.by_name.get(said.casefold())):
            if found and len(found) == 1:
                return next(iter(found))
            if found:
                keys = ", ".join(sorted(self.key(row) for row in found))
                raise NotUnderstood(_("Several are called “%(said)s”; write which: %(keys)s.") % _about(said, keys))
        alike = get_close_matches(said.casefold(), self.by_name, n=1)
        if alike:
            near = next(iter(self.by_name[alike[0]]))
            words = _("Nothing you may choose is called “%(said)s”. Did you mean %(keys)s?")
            raise NotUnderstood(words % _about(said, shown(near, self.key)))
        raise NotUnderstood(_("Nothing you may choose is called “%(said)s”.") % _about(said, ""))


def _about(said, keys):
    return {"said": said[:80], "keys": keys}


def names_of(row, text=None):
    """Return the set of names of a row in both languages, with the other names it goes by."""
    texts = [text] if text else [name for name in ("name", "title") if name in texts_of(type(row))]
    found = {getattr(row, build_localized_fieldname(name, code)) for name in texts for code in CODES}
    if "names" in getattr(row, "_prefetched_objects_cache", ()):
        for other in row.names.all():
            found |= {other.name, getattr(other, "name_zh_hans", ""), getattr(other, "name_en", "")}
    return found - {"", None}


class Reference(Column):
    """A row that the field points to, among those the user may tie to this one (`portal.scope.choices_for`)."""

    # Whether the table's own parent stands in this column.
    is_parent = False

    def __init__(self, field, model, **options):
        super().__init__(field, model, **options)
        self.model_field = model._meta.get_field(field)
        self.help_text = options.get("help_text") or gettext_lazy("Its name or address; it must be here already.")

    def shown(self, value):
        return shown(value)

    def choices(self, context):
        rows = choices_for(self.model_field, context.user)
        return rows.prefetch_related("names") if hasattr(rows.model, "names") else rows

    def lookup(self, context):
        return context.once((self.name, context.parent), lambda: Lookup(self.choices(context)))

    def value(self, cell, context):
        text = text_of(cell)
        if text:
            return self.lookup(context).find(text)
        if not self.model_field.null:
            raise NotUnderstood(_("This must not be empty."))
        return None

    def settle(self, row, value, context):
        current = getattr(row, self.field) if getattr(row, f"{self.field}_id") else None
        if (current and current.pk) == (value and value.pk):
            return None
        setattr(row, self.field, value)
        return self.shown(current), self.shown(value)


class Parent(Reference):
    """The row that the table's rows belong to: only where the user may add rows to it, or may open it."""

    is_parent = True

    def choices(self, context):
        rows = self.model_field.related_model.objects
        fillable, reachable = rows.fillable_by(context.user), rows.reachable_by(context.user)
        return rows.filter(Q(pk__in=fillable.values("pk")) | Q(pk__in=reachable.values("pk")))


class Within(Reference):
    """A row of the same parent: a venue of the conference, a room of one of its venues.

    `path` leads from the row pointed to, to the parent.
    """

    def __init__(self, field, model, *, path, key=key_of, label_of=str, **options):
        super().__init__(field, model, **options)
        self.path, self.key, self.label_of = path, key, label_of

    def shown(self, value):
        return f"{self.label_of(value)} ({self.key(value)})" if value is not None else ""

    def lookup(self, context):
        def read():
            related = [self.path.rpartition("__")[0]] if "__" in self.path else []
            rows = self.model_field.related_model.objects.filter(**{self.path: context.parent.pk})
            return Lookup(rows.select_related(*related), self.key)

        return context.once((self.name, context.parent), read)


class People(Column):
    """Those of a relation such as `speakings`, in their order: people, organizations where `takes_organizations`.

    A name that is nobody's here stands as it is written, without a page.
    """

    is_of_the_row = False
    example = "李明; 王红 (wang-hong)"

    def __init__(self, field, label, relation_model, *, takes_organizations=False):
        help_text = gettext_lazy(
            "Names or addresses, separated by semicolons. People without a page here are shown by name only."
        )
        super().__init__(field, label=label, help_text=help_text)
        self.model, self.takes_organizations = relation_model, takes_organizations

    def cell(self, row):
        return "; ".join(self._said(one) for one in getattr(row, self.field).all())

    @staticmethod
    def _said(one):
        if one.person_id:
            return shown(one.person)
        printed = one.name_then_zh_hans or one.name_then_en
        return printed or shown(one.organization)

    def value(self, cell, context):
        return [part.strip() for part in BETWEEN.split(text_of(cell)) if part.strip()]

    def settle(self, row, value, context):
        present = list(getattr(row, self.field).all()) if row.pk else []
        known = {_key(one): one for one in present}
        wanted = [self._resolved(said, known, context) for said in value]
        if [_key(one) for one in wanted] == [_key(one) for one in present]:
            return None
        context.afterwards(lambda: self._write(row, wanted, present))
        return tuple("; ".join(self._said(one) for one in rows) for rows in (present, wanted))

    def _resolved(self, said, known, context):
        """Return the row of the relation for a name: the present one, or a new one that is not saved."""
        if ("name", said) in known:
            return known["name", said]
        for kind in ("person", "organization") if self.takes_organizations else ("person",):
            try:
                found = self._lookup(kind, context).find(said)
            except NotUnderstood as why:
                if WITH_KEY.match(said):
                    raise
                if said.casefold() in self._lookup(kind, context).by_name:
                    raise why from None
                continue
            today = {"organization": found.organization} if kind == "person" else {}
            return known.get((kind, found.pk)) or self.model(**{kind: found}, **today)
        return self.model(**{"name_then_zh_hans" if re.search(r"[㐀-鿿]", said) else "name_then_en": said[:120]})

    def _lookup(self, kind, context):
        field = self.model._meta.get_field(kind)
        rows = choices_for(field, context.user).prefetch_related("names")
        rows = rows.select_related("organization") if kind == "person" else rows
        return context.once((self.name, kind), lambda: Lookup(rows))

    def _write(self, row, wanted, present):
        for one in present:
            if one not in wanted:
                one.delete()
        for position, one in enumerate(wanted, 1):
            if one.pk is None:
                setattr(one, self.model.PARENT, row)
            if one.pk is None or one.position != position:
                one.position = position
                one.save()


def _key(one):
    if one.person_id:
        return "person", one.person_id
    printed = one.name_then_zh_hans or one.name_then_en
    return ("name", printed) if printed else ("organization", one.organization_id)
