"""Thanks that last: the public roll, and certificates that anyone can verify."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.codes import LEGIBLE
from events.models.conference import Conference
from portal.models.people import Person
from portal.models.places import City
from portal.publishing import Owned

from .application import Application, ApplicationConsent


def make_number():
    """Return the twelve characters of a certificate's number: 60 bits, so that none is found by guessing."""
    return get_random_string(12, LEGIBLE)


class PublicCredit(Owned):
    """A volunteer's name on the roll of thanks, as they agreed to be shown."""

    PARENT = "conference"

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="credits"
    )
    name = models.CharField(_("shown as"), max_length=80)
    role = models.CharField(pgettext_lazy("of a volunteer", "role"), max_length=120, blank=True)
    city = models.ForeignKey(City, verbose_name=_("city"), null=True, blank=True, on_delete=models.SET_NULL)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="credits"
    )
    consent = models.OneToOneField(
        ApplicationConsent, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="credit"
    )
    # What remains of the consent once the application is erased.
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True, editable=False)
    notice_version = models.CharField(_("notice read"), max_length=20, blank=True, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Certificate(Owned):
    """What a volunteer can show: it says what is on it and no more, and is verified by its number."""

    PARENT = "conference"
    SHOWN_ON_PAGES = False
    WRITTEN_ONCE = True

    number = models.CharField(_("number"), max_length=12, unique=True, default=make_number, editable=False)
    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.PROTECT, related_name="certificates"
    )
    application = models.OneToOneField(
        Application, null=True, editable=False, on_delete=models.SET_NULL, related_name="certificate"
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=80)
    role = models.CharField(pgettext_lazy("of a volunteer", "role"), max_length=160)
    minutes = models.PositiveIntegerField(_("minutes served"))
    issuer = models.CharField(_("issued by"), max_length=160)
    issued_on = models.DateField(_("issued"), default=timezone.localdate)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("certificate", args=[self.number])

    @property
    def hours(self):
        """Hours served, to the nearest half hour."""
        return round(self.minutes / 30) / 2
