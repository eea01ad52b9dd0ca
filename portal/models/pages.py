"""Standing pages: About, Code of Conduct, Privacy, start a chapter."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.publishing import Publishable
from portal.rights import ADMINISTRATOR, EDITOR

from .text import Rendered


class Page(Publishable, Sluggable, Rendered):
    """A standing page, linked from the footer unless told otherwise."""

    CURATORS = (ADMINISTRATOR, EDITOR)

    slug = AsciiSlugField(unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=240, blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    in_footer = models.BooleanField(_("linked from the footer"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])
