"""What chapters and meetups hand to the ground."""

from pathlib import Path

from django.urls import reverse

from meetups.models import Leadership, Meetup
from portal.rights import CHAPTER_LEAD
from portal.wings import Wing


class MeetupsWing(Wing):
    name = "meetups"
    demo = Path(__file__).parent / "demo"
    permissions = {
        CHAPTER_LEAD: {
            "chapter": "view change",
            "chapterlink meetup agendaitem agendamaterial": "view add change delete",
        },
    }

    def mandate_groups(self, user):
        return {CHAPTER_LEAD} if Leadership.objects.of_user(user).exists() else set()

    def occasion_url(self, occasion):
        return reverse("meetup", args=[occasion.slug])

    def occasions_within_mandates_of(self, user):
        return Meetup.objects.within_mandates_of(user).values("pk")
