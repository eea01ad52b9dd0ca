"""Typed links: a web address that says what it leads to."""

from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing import Owned

validate_web_address = URLValidator(schemes=["http", "https"])


class TypedLink(Owned):
    """A link of some row, of a kind that the subclass lists in `Kind`."""

    url = models.URLField(_("link"), max_length=500, validators=[validate_web_address])
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("Empty: the kind of link is shown instead.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.get_kind_display()

    @property
    def host(self):
        """The other site's name, for telling readers where a link goes: `segmentfault.com`."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")
