"""Servers of others that are told of what happens here, and what each was told."""

import base64
import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.entered import Entered
from portal.publishing import Curated, CuratedQuerySet, Owned
from portal.rights import ADMINISTRATOR

from .links import validate_web_address


def make_secret():
    """Return a secret as the Standard Webhooks write it: 24 bytes in base64 behind a prefix."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


class Topic(models.TextChoices):
    RELEASED = "schedule.released", _("a schedule is released")
    PUBLISHED = "published", _("something becomes public")
    MEETUP_CHANGED = "meetup.changed", _("a public meetup changes its day, place or status")


class WebhookQuerySet(CuratedQuerySet):
    def within_mandates_of(self, user):
        """Return the webhooks that the user made: what they tell is public, but their secret is not."""
        return self.filter(entered_by=user)

    def listening(self, topic):
        """Return those that want to be told of a topic."""
        wanted = {Topic.RELEASED: "on_release", Topic.PUBLISHED: "on_publication", Topic.MEETUP_CHANGED: "on_change"}
        return self.filter(**{wanted[topic]: True}, is_on=True)


class Webhook(Entered, Curated):
    """An address that is told, signed with a secret that only its server and we know."""

    CURATORS = (ADMINISTRATOR,)
    SHOWN_ON_PAGES = False

    name = models.CharField(_("name"), max_length=80, help_text=_("Whose server it is, and what for."))
    url = models.URLField(_("address"), max_length=500, validators=[validate_web_address])
    secret = models.CharField(_("secret"), max_length=80, default=make_secret, editable=False)
    on_release = models.BooleanField(Topic.RELEASED.label, default=True)
    on_publication = models.BooleanField(Topic.PUBLISHED.label, default=False)
    on_change = models.BooleanField(Topic.MEETUP_CHANGED.label, default=False)
    is_on = models.BooleanField(
        _("on"), default=True, help_text=_("Switched off by itself after five days without an answer.")
    )
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Delivery(Owned):
    """One message to one webhook, tried until it is answered or given up.

    `key` says what it tells of: the same is told to a webhook once. `due_at` is the next attempt, None when there is
    none; `status` and `answer` are the last thing that the other server said, or why nobody could be asked.
    """

    PARENT = "webhook"
    SHOWN_ON_PAGES = False

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given-up", _("given up")

    webhook = models.ForeignKey(Webhook, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    key = models.CharField(max_length=160)
    body = models.TextField(_("message"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tried_at = models.DateTimeField(_("last attempt"), null=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="delivery_due")]
        constraints = [models.UniqueConstraint(fields=["webhook", "key"], name="webhook_is_told_once")]

    def __str__(self):
        return f"{self.get_topic_display()} → {self.webhook}"
