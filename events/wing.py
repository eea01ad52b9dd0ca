"""What conferences hand to the ground."""

from django.urls import reverse

from events.models import Conference
from portal.wings import Wing


class EventsWing(Wing):
    name = "events"

    def occasion_url(self, occasion):
        return reverse("conference", args=[occasion.slug])

    def occasions_within_mandates_of(self, user):
        return Conference.objects.within_mandates_of(user).values("pk")
