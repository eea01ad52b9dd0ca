"""Rows that belong to nobody's conference or chapter: whoever made one may mend it, until others use it too."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing import Curated, PublishedQuerySet
from portal.references import belonging_to, keys_to, ties_to
from portal.rights import curates


class EnteredRows:
    """For querysets of rows that belong to nobody's conference or chapter, such as people and sources."""

    def within_mandates_of(self, user):
        """Return the rows the user made and nobody else uses yet."""
        rows = self.filter(entered_by=user)
        its_own = belonging_to(self.model)
        for field in (*keys_to(self.model), *ties_to(self.model)):
            users_of_it = field.model
            if field in its_own or not issubclass(users_of_it, Curated):
                continue
            foreign = users_of_it.objects.filter(**{field.name: models.OuterRef("pk")})
            if issubclass(users_of_it, Entered):
                foreign = foreign.exclude(entered_by=user)
            else:
                foreign = foreign.exclude(pk__in=users_of_it.objects.editable_by(user).values("pk"))
            rows = rows.exclude(models.Exists(foreign))
        return rows

    def choosable_by(self, user):
        """Return what is public, and what the user made, whoever else uses it by now."""
        if curates(user, self.model):
            return self.all()
        made = self.model.objects.filter(entered_by=user.pk) if user.is_authenticated else self.none()
        return self.filter(
            models.Q(pk__in=self.model.objects.published().values("pk")) | models.Q(pk__in=made.values("pk"))
        )


class EnteredQuerySet(EnteredRows, PublishedQuerySet):
    """Rows with a publication of their own that belong to whoever made them."""


class Entered(models.Model):
    """A row that remembers who made it, since that gives them the right to mend it."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True
