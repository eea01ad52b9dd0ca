"""What chapters and meetups hand to the ground."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from meetups import api, appearances, findable, needs, reminding
from meetups.announcing import announce_what_changed
from meetups.chapters import first_listed
from meetups.labels import labels_of
from meetups.models import Chapter, Leadership, Meetup
from portal.chapter_words import CHAPTER
from portal.first_steps import Step
from portal.front_page import Section
from portal.paging import public_count
from portal.rights import CHAPTER_LEAD
from portal.sitemaps import NamedSitemap, RowSitemap
from portal.tending import forget_all
from portal.wings import Wing

CHAPTERS_SHOWN = 12  # on the home page


class MeetupsWing(Wing):
    name = "meetups"
    occasions = "meetups"
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

    def first_steps(self):
        words = {"chapter": CHAPTER}
        return [
            Step(_("Make the first %(chapter)s, with its city") % words, Chapter),
            Step(_("Prepare a meetup, and publish it"), Meetup),
        ]

    def mandate_groups(self, user):
        return {CHAPTER_LEAD} if Leadership.objects.scopes_of(user) else set()

    def occasion_url(self, occasion):
        return reverse("meetup", args=[occasion.slug])

    def labels_of(self, occasions):
        return labels_of(occasions)

    def home_sections(self):
        shown = first_listed(CHAPTERS_SHOWN)
        told = {"chapters": shown, "count": public_count(Chapter)}
        return [Section("meetups/_home_chapters.html", told)] if shown else []

    def appearances_of_person(self, person):
        return appearances.of_person(person)

    def tend(self, now, dry_run):
        expiring = reminding.chapters_with_expiring_code(now)
        yield (
            _("QR codes of groups that expire soon, of which leads are told"),
            forget_all(expiring, reminding.tell_of_expiry, dry_run),
        )
        silent = reminding.meetups_without_recap(now)
        yield (
            _("Meetups whose leads are asked for a recap"),
            forget_all(silent, lambda one: reminding.ask_for_recap(one, now), dry_run),
        )

    def announce(self, now):
        return announce_what_changed(now)

    def api(self):
        return api.RESOURCES

    def sitemap(self):
        return {
            "lists-of-meetups": NamedSitemap("meetups", "chapters"),
            "meetups": RowSitemap(Meetup.objects.published),
            "chapters": RowSitemap(Chapter.objects.published),
        }

    def occasions_within_mandates_of(self, user):
        return Meetup.objects.within_mandates_of(user).values("pk")
