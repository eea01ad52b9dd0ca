"""Draft, scheduled, published: the one rule for what visitors see.

A row with its own publication inherits `Publishable`; any other row names its
`PARENT` and is seen when that is. Views, feeds, sitemaps, search and exports
all begin with `published()`; admin, uploads and actions with `editable_by()`.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.pagecache.forgetting import forget_pages
from portal.rights import ADMINISTRATOR, curates, translates

_previewed = ContextVar("previewed row", default=None)


@contextmanager
def previewing(row):
    """Within it, and in this thread alone, the row counts as published: what is shown is its preview."""
    token = _previewed.set(row)
    try:
        yield
    finally:
        _previewed.reset(token)


def is_previewing():
    """Return whether this thread shows somebody a draft, which nobody else may come to see."""
    return _previewed.get() is not None


def if_public(row):
    """Return a row that another is tied to, or None where it is a draft that visitors do not see."""
    return row if row is not None and (row.is_published or row == _previewed.get()) else None


@cache
def words_of(model):
    """Return a queryset of a model that is asked what makes its rows public, and never for rows: one is enough."""
    return model.objects.all()


class CuratedQuerySet(models.QuerySet):
    """Rows that organizers curate: who sees them, who may change them, who may refer to them."""

    def update(self, **values):
        self._forget_pages()
        return super().update(**values)

    def bulk_create(self, *args, **kwargs):
        self._forget_pages()
        return super().bulk_create(*args, **kwargs)

    def _forget_pages(self):
        """Do what a signal does for a row that is saved by itself."""
        if self.model.SHOWN_ON_PAGES:
            forget_pages()

    def published(self, now=None):
        """Return the rows that visitors see at a moment, now by default."""
        return self.filter(self.public(now or timezone.now()))

    def public(self, now, way=""):
        """Return the Q of what visitors see; `way` leads to these rows from other ones: "session__conference__".

        So rows that are seen with a parent ask by joins, which the database has to make anyway, and which cost Django
        far less than a query within a query within a query.
        """
        raise NotImplementedError(f"{self.model.__name__} does not say when its rows are public")

    def editable_by(self, user):
        """Return the rows the user may change: all for a curator, else those within the user's mandates."""
        if curates(user, self.model):
            return self.all()
        if not user.is_active:
            return self.none()
        return self.within_mandates_of(user)

    def within_mandates_of(self, user):
        return self.none()

    def reachable_by(self, user):
        """Return the rows the user may open: what they may change, and for a translator every row."""
        return self.all() if translates(user) else self.editable_by(user)

    def fillable_by(self, user):
        """Return the rows to which the user may add rows of their own: a forum to a conference, a name to a person."""
        return self.editable_by(user)

    def choosable_by(self, user):
        """Return the rows the user may tie to rows of their own: what is public, and what they may change."""
        if curates(user, self.model):
            return self.all()
        # Two subqueries, since `|` needs both sides to have the same joins.
        return self.filter(
            models.Q(pk__in=self.model.objects.published().values("pk"))
            | models.Q(pk__in=self.model.objects.editable_by(user).values("pk"))
        )


class PublishedQuerySet(CuratedQuerySet):
    """Rows with a moment of publication of their own."""

    def public(self, now, way=""):
        public = models.Q((f"{way}published_at__lte", now))
        row = _previewed.get()
        if row is not None and self.model in (type(row), *type(row)._meta.all_parents):
            public |= models.Q((f"{way}pk", row.pk))
        return public

    def scheduled(self, now=None):
        return self.filter(published_at__gt=now or timezone.now())

    def drafts(self):
        return self.filter(published_at=None)


class OwnedQuerySet(CuratedQuerySet):
    """Rows seen when their parent is, and changed by whoever may change the parent."""

    def _parents(self):
        return self.model._meta.get_field(self.model.PARENT).related_model.objects

    def public(self, now, way=""):
        parent = self.model._meta.get_field(self.model.PARENT).related_model
        return words_of(parent).public(now, f"{way}{self.model.PARENT}__")

    def within_mandates_of(self, user):
        return self.filter(**{f"{self.model.PARENT}__in": self._parents().editable_by(user)})


class PrivateQuerySet(OwnedQuerySet):
    """Rows of people who signed up for something: nobody's are ever public, nor is what belongs to them."""

    def public(self, now, way=""):
        return models.Q((f"{way}pk__in", []))

    def reachable_by(self, user):
        """A translator reaches every row that has texts; these are none of them."""
        return self.editable_by(user)


class SharedQuerySet(CuratedQuerySet):
    """Rows that say nothing by themselves (cities, partner levels) and so are never hidden."""

    def public(self, now, way=""):
        return models.Q()


class Curated(models.Model):
    """What every curated row has: the groups that may edit all of its kind, and when it was made and changed."""

    CURATORS = (ADMINISTRATOR,)
    # Whether a change must reach the kept pages: true of everything but sign-ups and what counts them.
    SHOWN_ON_PAGES = True
    # Columns of such a row that no page shows, as its counts under a lock.
    NOT_ON_PAGES = ()
    # Whether rows say what was true when they were made, and are never rewritten: certificates.
    WRITTEN_ONCE = False

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True

    def refuse_to_return(self):
        """Raise Refused where the row cannot come back from the bin for a reason that no constraint knows."""


class Owned(Curated):
    """A row that belongs to the row in its field `PARENT`."""

    PARENT = None

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Publishable(Curated):
    """A row with its own publication: none is a draft, a moment ahead is scheduled."""

    published_at = models.DateTimeField(
        _("published"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty: a draft. In the future: it appears by itself at that minute."),
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def publication(self):
        """One of "draft", "scheduled", "published"."""
        if self.published_at is None:
            return "draft"
        return "published" if self.published_at <= timezone.now() else "scheduled"

    @property
    def is_published(self):
        return self.publication == "published"

    def publish(self, user, at=None):
        """Make the row public from a moment on (now by default), in the user's name."""
        self._set_publication(at or timezone.now(), user)

    def unpublish(self):
        """Make the row a draft again: its address answers 404, and no list shows it."""
        self._set_publication(None, None)

    def _set_publication(self, at, user):
        """Save these two alone: of many rows the last is read long before it is its turn, and may have changed."""
        self.published_at, self.published_by = at, user
        self.save(update_fields=["published_at", "published_by", "updated_at"])
