"""An occasion of one or more chapters."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models.links import validate_web_address
from portal.models.occasion import Occasion, OccasionQuerySet

from .chapter import Chapter


class MeetupQuerySet(OccasionQuerySet):
    def within_mandates_of(self, user):
        return self.filter(
            pk__in=Meetup.chapters.through.objects.filter(chapter__in=Chapter.objects.within_mandates_of(user)).values(
                "meetup"
            )
        )

    def with_chapters(self):
        """Fetch along what lists show: `city`, and `chapters`, the public ones only."""
        chapters = models.Prefetch("chapters", Chapter.objects.published())
        return self.select_related("city").prefetch_related(chapters)


class Meetup(Occasion):
    """KCC@Chengdu over lunch: chapters, an agenda, and everything an occasion has."""

    WING = "meetups"

    chapters = models.ManyToManyField(Chapter, verbose_name=_("chapters"), related_name="meetups")
    along_with = models.ForeignKey(
        Occasion,
        verbose_name=_("held alongside"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="side_meetups",
        help_text=_("One of our own events; for someone else's, write its name and link below."),
    )
    along_with_name = models.CharField(_("held alongside (elsewhere)"), max_length=200, blank=True)
    along_with_url = models.URLField(
        _("link of that event"), max_length=500, blank=True, validators=[validate_web_address]
    )

    # When the leads were asked for a recap; see `meetups.reminding`.
    recap_asked_at = models.DateTimeField(null=True, editable=False)

    objects = MeetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("meetup")
        verbose_name_plural = _("meetups")
        constraints = [
            models.CheckConstraint(
                condition=Q(along_with__isnull=True) | ~Q(along_with=models.F("occasion_ptr")),
                name="meetup_does_not_go_along_with_itself",
                violation_error_message=_("A meetup cannot be held alongside itself."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("meetup", args=[self.slug])
