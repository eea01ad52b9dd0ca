"""Within which hours a call of a conference may be answered."""

from django.utils import timezone

from portal.models.occasion import Occasion


class WithinHours:
    """For calls with a `conference`, and with `opens_at` and `closes_at`."""

    def is_open(self, now=None):
        """Return whether one may answer: within its hours, and the conference is public and takes place."""
        now = now or timezone.now()
        return (
            self.conference.is_published
            and self.conference.standing == Occasion.Standing.SCHEDULED
            and self.opens_at <= now < self.closes_at
        )
