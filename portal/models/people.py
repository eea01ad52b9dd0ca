"""People as the public knows them. A sign-up is never a Person."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.addresses import AsciiSlugField, Sluggable
from portal.checks import StrictCheck
from portal.entered import Entered, EnteredQuerySet
from portal.publishing import Owned, OwnedQuerySet, Publishable, if_public, words_of
from portal.rights import ADMINISTRATOR, EDITOR
from portal.texts import in_all_languages

from .links import TypedLink
from .organizations import Organization
from .text import Rendered


class Person(Entered, Publishable, Sluggable, Rendered):
    """A public profile: one row under all of the person's names."""

    CURATORS = (ADMINISTRATOR, EDITOR)
    MARKDOWN = {"bio": "bio_html"}

    slug = AsciiSlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(
        pgettext_lazy("of a person", "title"), max_length=200, blank=True, help_text=_("What they do today.")
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    bio = models.TextField(_("bio"), blank=True, help_text=_("Markdown."))
    bio_html = models.TextField(editable=False, blank=True)
    portrait = models.ImageField(_("portrait"), upload_to="portraits/", blank=True)
    portrait_credit = models.CharField(_("credit of the portrait"), max_length=200, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )

    objects = EnteredQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["slug"]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("person", args=[self.slug])

    @property
    def portrait_url(self):
        return self.portrait.url if self.portrait else ""


class PersonName(Owned):
    """Another name of a person: a pen name, a handle, a spelling. It helps to find them."""

    PARENT = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="person_name_is_said_once")]

    def __str__(self):
        return self.name


class PersonLink(TypedLink):
    """Where a person is found elsewhere."""

    PARENT = "person"

    class Kind(models.TextChoices):
        WEBSITE = "website", _("Website")
        CODE = "code", _("Code")
        BLOG = "blog", _("Blog")
        SOCIAL = "social", _("Social network")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.WEBSITE)

    class Meta(TypedLink.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")


class AsOfThenQuerySet(OwnedQuerySet):
    def public(self, now, way=""):
        """Leave out, with the rows of drafts, those of people whose own profile is not public."""
        unknown, seen = Q((f"{way}person__isnull", True)), Q((f"{way}person__published_at__lte", now))
        return super().public(now, way) & (unknown | seen)


class StandInQuerySet(AsOfThenQuerySet):
    """Appearances in which an organization may stand in where nobody is named."""

    def public(self, now, way=""):
        """Leave out what nothing names but an organization that is not public itself."""
        named = [Q((f"{way}{column}__gt", "")) for column in in_all_languages("name_then", "organization_then")]
        seen = words_of(Organization).public(now, f"{way}organization__")
        return super().public(now, way) & reduce(or_, named, Q((f"{way}person__isnull", False)) | seen)


class AsOfThen(Owned):
    """Someone's appearance, with name, title and organization as they were that day.

    The person may be unknown to the portal: then the name alone stands. The
    organization is a row where there is one, and `organization_then` is what
    was printed where that differs or where there is no row.
    """

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    name_then = models.CharField(
        _("name at the time"), max_length=120, blank=True, help_text=_("Only if it differs from the person's name.")
    )
    title_then = models.CharField(_("title at the time"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization at the time"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    organization_then = models.CharField(
        _("organization as printed"),
        max_length=200,
        blank=True,
        help_text=_("Only if it differs from the organization."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = AsOfThenQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name or str(self.organization)

    @property
    def name(self):
        return self.name_then or (self.person.name if self.person_id else "")

    @property
    def organization_name(self):
        """The organization's name as visitors read it: a draft has none yet, unless one was printed."""
        public = if_public(self.organization)
        return self.organization_then or (public.name if public else "")


def somebody_is_named(name):
    """Return the constraint that an appearance has a person or at least a name."""
    return StrictCheck(
        condition=Q(person__isnull=False) | Q(name_then_zh_hans__gt="") | Q(name_then_en__gt=""),
        name=name,
        violation_error_message=_("Choose a person or write a name."),
    )


class MandateQuerySet(AsOfThenQuerySet):
    def public(self, now, way=""):
        """Leave out those who asked not to be shown; a mandate that has ended stays to a person's credit."""
        return super().public(now, way) & Q((f"{way}is_public", True))

    def current(self, day=None):
        """Return the mandates in force on a day (today by default)."""
        day = day or timezone.localdate()
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))

    def of_user(self, user):
        """Return the current mandates of the person tied to the user; none for one who may not sign in."""
        return self.current().filter(person__user=user) if user.is_active else self.none()

    def scopes_of(self, user):
        """Return the primary keys of the rows over which the user has a mandate today, read once per user object.

        As a list, since queries about rights nest, and SQLite's parser gives up at a depth of a hundred.
        """
        if not hasattr(user, "_portal_mandates"):
            user._portal_mandates = {}
        if self.model not in user._portal_mandates:
            scopes = self.of_user(user).values_list(f"{self.model.PARENT}_id", flat=True)
            user._portal_mandates[self.model] = list(scopes)
        return user._portal_mandates[self.model]

    def within_mandates_of(self, user):
        """Nobody hands out a right by holding it: curators do, and whom a subclass names."""
        return self.none()


class Mandate(AsOfThen):
    """A row that gives a person's user rights over its scope, from a day until a day."""

    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; rights end with it."))
    is_public = models.BooleanField(_("shown in public"), default=True)

    objects = MandateQuerySet.as_manager()

    class Meta(AsOfThen.Meta):
        abstract = True


def mandate_ends_after_it_begins(name):
    return models.CheckConstraint(
        condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")),
        name=name,
        violation_error_message=_("It cannot end before it begins."),
    )
