"""Where findable rows come from, and how the index follows them.

An app registers one `Source` for each kind of row in its `AppConfig.ready()`.
From then on, a save or a deletion of such a row, or of one that it `follows`,
brings its entries up to date once the transaction is committed. So does the clock
where it makes public what other rows are tied to (`catch_up()`). What changes
rows without saving them (`QuerySet.update()`, `bulk_create()`, an import) works
inside `rebuilt_afterwards()`, or calls `reindex()` itself.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_save, pre_delete

from portal.publishing import Publishable
from portal.search.index import forget, index, replace_all


class Source:
    """The findable rows of one model; subclass it, as one does a `Sitemap`."""

    kind = ""  # lasting name of the kind, in the index and in addresses
    label = ""  # what visitors read; lazily translated
    model = None
    # Rows whose change changes ours: the lookup that leads from one of ours to them -> the label of their model.
    follows = {}

    def rows(self):
        """Return a queryset of the rows that are published or will be, with all that `describe()` reads."""
        raise NotImplementedError

    def describe(self, row):
        """Return the row's `Findable`."""
        raise NotImplementedError


_sources = {}
_is_paused = ContextVar("search_is_paused", default=False)


def register(*sources):
    """Add sources; the same kind twice is a mistake and raises ValueError."""
    for source in sources:
        if source.kind in _sources:
            raise ValueError(f"two sources are called {source.kind}")
        _sources[source.kind] = source
        watched = [source.model, *(apps.get_model(label) for label in source.follows.values())]
        for model in apps.get_models():
            if issubclass(model, tuple(watched)):
                post_save.connect(_after_save, sender=model, dispatch_uid=f"search:{model._meta.label}")
                pre_delete.connect(_before_deletion, sender=model, dispatch_uid=f"search:{model._meta.label}")


def every():
    """Return the registered sources by kind, in the order of their registration."""
    return dict(_sources)


def label_of(kind):
    """Return what visitors read of a kind; the kind itself where its source is gone."""
    return _sources[kind].label if kind in _sources else kind


def rebuild():
    """Make the whole index anew; return how many entries it has."""
    return replace_all(source.describe(row) for source in _sources.values() for row in source.rows())


@contextmanager
def rebuilt_afterwards():
    """Leave the index alone inside, and make it anew at the end: for imports."""
    token = _is_paused.set(True)
    try:
        yield
    finally:
        _is_paused.reset(token)
    rebuild()


def reindex(kind, pks):
    """Bring the entries of these rows up to date; rows that are gone or drafts are forgotten."""
    source, pks = _sources[kind], set(pks)
    described = [source.describe(row) for row in source.rows().filter(pk__in=pks)]
    index(described)
    forget(kind, pks - {one.pk for one in described})


def catch_up(since, now):
    """Bring entries up to date that name what the clock has made public after one moment and until another.

    A row's own entry is found from its minute on by itself; that of a session begins to name its speaker here. What
    was saved since it became public is there already.
    """
    by_the_clock = {"published_at__gt": since, "published_at__lte": now, "updated_at__lt": F("published_at")}
    touched = defaultdict(set)
    for model in apps.get_models():
        if issubclass(model, Publishable) and not model._meta.parents:
            for row in model._base_manager.filter(**by_the_clock):
                for kind, pks in touched_by(row).items():
                    touched[kind] |= pks
    _reindex_all(touched)


def touched_by(row):
    """Return kind -> set of primary keys of the findable rows that a row is, or that follow it."""
    touched = {}
    for source in _sources.values():
        pks = {row.pk} if isinstance(row, source.model) else set()
        for lookup, label in source.follows.items():
            if isinstance(row, apps.get_model(label)):
                pks |= set(source.model._base_manager.filter(**{lookup: row.pk}).values_list("pk", flat=True))
        if pks:
            touched[source.kind] = pks
    return touched


def _after_save(sender, instance, raw=False, **kwargs):
    if not raw and not _is_paused.get():
        # Asked at the end, for the rows that an admin form saves after this one count too.
        transaction.on_commit(lambda: _reindex_all(touched_by(instance)), robust=True)


def _before_deletion(sender, instance, **kwargs):
    if not _is_paused.get():
        # Asked now, for after the deletion nothing leads to the rows that followed it.
        touched = touched_by(instance)
        transaction.on_commit(lambda: _reindex_all(touched), robust=True)


def _reindex_all(touched):
    for kind, pks in touched.items():
        reindex(kind, pks)
