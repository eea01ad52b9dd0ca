"""Forums: the themed blocks of a conference, and who produces them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.models.albums import Album
from portal.models.people import Mandate, MandateQuerySet, mandate_ends_after_it_begins, somebody_is_named
from portal.models.text import Rendered
from portal.publishing import Owned, OwnedQuerySet

from .conference import Conference
from .venue import Venue


class ForumQuerySet(OwnedQuerySet):
    def within_mandates_of(self, user):
        return self.filter(
            Q(pk__in=Production.objects.scopes_of(user)) | Q(conference__in=Conference.objects.within_mandates_of(user))
        )


class Forum(Owned, Sluggable, Rendered):
    """A themed block of a conference."""

    PARENT = "conference"
    SLUG_SCOPE = "conference"

    class Kind(models.TextChoices):
        MAIN = "main", _("main forum")
        FORUM = "forum", _("forum")
        WORKSHOP = "workshop", _("workshop")
        HACKATHON = "hackathon", _("hackathon")
        BAZAAR = "bazaar", _("bazaar")
        LIGHTNING = "lightning", _("lightning talks")
        SOCIAL = "social", _("gathering")
        EXHIBITION = "exhibition", _("exhibition")

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="forums"
    )
    slug = AsciiSlugField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FORUM)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="forums"
    )
    albums = models.ManyToManyField(Album, verbose_name=_("albums"), blank=True, related_name="forums")
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "slug"],
                name="forum_slug_is_unique_in_its_conference",
                violation_error_message=_("This address is taken."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("forum", args=[self.conference.slug, self.slug])

    def clean(self):
        super().clean()
        if self.venue_id and self.venue.conference_id != self.conference_id:
            raise ValidationError({"venue": _("This venue belongs to another conference.")})


class ProductionQuerySet(MandateQuerySet):
    def within_mandates_of(self, user):
        """Whoever organizes the conference says who produces its forums."""
        return self.filter(forum__conference__in=Conference.objects.within_mandates_of(user))


class Production(Mandate):
    """A producer of a forum: curates it, and may edit it while the mandate lasts."""

    PARENT = "forum"

    forum = models.ForeignKey(Forum, verbose_name=_("forum"), on_delete=models.CASCADE, related_name="productions")

    objects = ProductionQuerySet.as_manager()

    class Meta(Mandate.Meta):
        verbose_name = _("producer")
        verbose_name_plural = _("producers")
        constraints = [
            somebody_is_named("production_names_somebody"),
            mandate_ends_after_it_begins("production_ends_after_it_begins"),
        ]
