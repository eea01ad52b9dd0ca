"""What chapters and meetups hand to the ground."""

from pathlib import Path

from django.urls import reverse

from meetups import appearances, findable, needs
from meetups.chapters import listed_chapters
from meetups.labels import label
from meetups.models import Chapter, Leadership, Meetup
from portal.front_page import Section
from portal.rights import CHAPTER_LEAD
from portal.sitemaps import NamedSitemap, RowSitemap
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

    def needs_of(self, occasions):
        return needs.needs_of(occasions)

    def findable(self):
        return findable.SOURCES

    def mandate_groups(self, user):
        return {CHAPTER_LEAD} if Leadership.objects.scopes_of(user) else set()

    def occasion_url(self, occasion):
        return reverse("meetup", args=[occasion.slug])

    def labels_of(self, occasions):
        meetups = Meetup.objects.filter(pk__in=[one.pk for one in occasions]).with_chapters()
        return {meetup.pk: label(meetup) for meetup in meetups}

    def home_sections(self):
        chapters = listed_chapters()
        return [Section("meetups/_home_chapters.html", chapters)] if chapters else []

    def appearances_of_person(self, person):
        return appearances.of_person(person)

    def sitemap(self):
        return {
            "lists of meetups": NamedSitemap("meetups", "chapters"),
            "meetups": RowSitemap(Meetup.objects.published),
            "chapters": RowSitemap(Chapter.objects.published),
        }

    def occasions_within_mandates_of(self, user):
        return Meetup.objects.within_mandates_of(user).values("pk")
