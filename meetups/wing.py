"""What chapters and meetups hand to the ground."""

from django.urls import reverse

from meetups.models import Meetup
from portal.wings import Wing


class MeetupsWing(Wing):
    name = "meetups"

    def occasion_url(self, occasion):
        return reverse("meetup", args=[occasion.slug])

    def occasions_within_mandates_of(self, user):
        return Meetup.objects.within_mandates_of(user).values("pk")
