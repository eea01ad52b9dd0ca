"""What every sign-up without an account has in common: one person's word, by e-mail and by link."""

import unicodedata

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import tokens
from portal.pagecache.known import once_a_generation
from portal.publishing import Curated, Publishable, PublishedQuerySet
from portal.rights import ADMINISTRATOR

from .text import Rendered


def normalise_email(address):
    """Return the form in which two spellings of one address are equal: NFKC, without spaces, in lower case."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


class PrivacyNotice(Publishable, Rendered):
    """One version of what people are told about their data before they agree."""

    CURATORS = (ADMINISTRATOR,)

    version = models.CharField(_("version"), max_length=20, unique=True, help_text=_("For example 2026-11."))
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown. What is collected, for what, how long, whom to ask."))
    body_html = models.TextField(editable=False, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-published_at", "-pk"]

    def __str__(self):
        return f"{self.title} ({self.version})"

    @classmethod
    @once_a_generation
    def current(cls):
        """Return the latest published notice, or None where the community has written none."""
        return cls.objects.published().first()


class IllegalMove(Exception):
    """A state was asked for that the map does not lead to from here."""

    def __init__(self, signup, state):
        super().__init__(f"{signup._meta.label}: {signup.state} does not lead to {state}")
        self.signup, self.state = signup, state


class Signup(Curated):
    """A person's application, registration or proposal. Never a `Person`, never public.

    `MOVES` draws the map of states: state -> the states it leads to; an address may have one of the same `PARENT`
    that is in one of the `LIVE` ones, unless its kind is `SENT_OFTEN`. After erasure only the state, the times and
    what is counted remain.
    """

    SHOWN_ON_PAGES = False
    TOKEN_KIND = ""
    MOVES = {}
    LIVE = ()
    SENT_OFTEN = False

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    email_normalised = models.CharField(max_length=254, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=12, editable=False)
    state_changed_at = models.DateTimeField(_("state since"), editable=False, default=timezone.now)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    notice = models.ForeignKey(
        PrivacyNotice, verbose_name=_("privacy notice"), null=True, editable=False, on_delete=models.PROTECT
    )
    link_version = models.PositiveIntegerField(default=1, editable=False)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.email_normalised = normalise_email(self.email)
        super().save(*args, **kwargs)

    def move_to(self, state):
        """Take one step on the map and save it; raises IllegalMove for a step that is not drawn."""
        if state not in self.MOVES.get(self.state, ()):
            raise IllegalMove(self, state)
        self.state, self.state_changed_at = state, timezone.now()
        self.save()

    def get_state_display(self):
        """Return the state in words; each kind has `State`s of its own."""
        return self.State(self.state).label

    def is_replaced(self):
        """Return whether the same address has a newer one, beside which this one cannot come back to life."""
        same = {self.PARENT: getattr(self, f"{self.PARENT}_id"), "email_normalised": self.email_normalised}
        live = type(self).objects.filter(**same, state__in=self.LIVE).exclude(pk=self.pk)
        return not self.SENT_OFTEN and live.exists()

    @property
    def survivor(self):
        """The sign-up that this one's link leads to: itself, unless its kind knows duplicates."""
        return self

    @property
    def token(self):
        return tokens.make(self)

    def status_path(self, language=None):
        """Return the path of the status page, `/<lang>/my/<token>/`."""
        return f"/{language or self.language}/my/{self.token}/"

    @property
    def status_url(self):
        return settings.SITE_URL + self.status_path()

    def revoke_links(self):
        """End every link handed out so far; the next one made works."""
        self.link_version += 1
        self.save(update_fields=["link_version", "updated_at"])


class Consent(models.Model):
    """One yes to one purpose: which notice was read, when it was given, when it was taken back."""

    class Purpose(models.TextChoices):
        RUN = "run", _("run the event")
        CREDIT = "credit", _("thank me in public")
        CONTACT = "contact", _("write to me about the next one")

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    notice = models.ForeignKey(PrivacyNotice, verbose_name=_("privacy notice"), null=True, on_delete=models.PROTECT)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.get_purpose_display()

    @property
    def is_live(self):
        return self.withdrawn_at is None

    @property
    def data(self):
        """What a person who asks for their data is told of it, as plain values for JSON."""
        return {
            "purpose": self.get_purpose_display(),
            "notice": self.notice and self.notice.version,
            "given_at": self.given_at,
            "withdrawn_at": self.withdrawn_at,
        }


class SignupAttempt(models.Model):
    """That a form was sent, by whom and from where; kept for a day, as keyed digests that name nobody."""

    key = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "made_at"])]

    def __str__(self):
        return f"{self.key} {self.made_at:%H:%M}"
