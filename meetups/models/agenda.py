"""What happens at a meetup, in order."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.models.materials import Material, link_or_file
from portal.models.record import Part
from portal.publishing import Owned

from .meetup import Meetup


class AgendaItem(Owned):
    """One item of the agenda; its time may be unknown. Its people are parts of the occasion."""

    PARENT = "meetup"

    meetup = models.ForeignKey(Meetup, verbose_name=_("meetup"), on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    parts = models.ManyToManyField(Part, verbose_name=_("people"), blank=True, related_name="agenda_items")
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="agenda_item_ends_after_it_starts",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return self.title


class AgendaMaterial(Material):
    """What remains of an agenda item: recording, slides."""

    PARENT = "item"

    class Kind(models.TextChoices):
        RECORDING = "recording", _("Recording")
        SLIDES = "slides", _("Slides")
        TRANSCRIPT = "transcript", _("Transcript")
        ARTICLE = "article", _("Article")

    item = models.ForeignKey(AgendaItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SLIDES)

    class Meta(Material.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [link_or_file("agenda_material_is_a_link_or_a_file")]
