"""The public roll of thanks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models.people import Person
from portal.models.places import City
from portal.publishing import Owned

from .conference import Conference


class PublicCredit(Owned):
    """A volunteer's name on the roll of thanks, as they agreed to be shown."""

    PARENT = "conference"

    conference = models.ForeignKey(
        Conference, verbose_name=_("conference"), on_delete=models.CASCADE, related_name="credits"
    )
    name = models.CharField(_("shown as"), max_length=80)
    role = models.CharField(_("role"), max_length=120, blank=True)
    city = models.ForeignKey(City, verbose_name=_("city"), null=True, blank=True, on_delete=models.SET_NULL)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="credits"
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
