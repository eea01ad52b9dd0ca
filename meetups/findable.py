"""What visitors may find of chapters: the chapters themselves and their meetups."""

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from meetups.models import Chapter, Leadership, Meetup
from portal.chapter_words import CHAPTER
from portal.findable import OccasionSource, in_each_language, joined, names_of
from portal.markdown import plain
from portal.search import Findable, Source


class ChapterSource(Source):
    kind, label, model = "chapter", capfirst(CHAPTER), Chapter
    follows = {
        "city": "portal.City",
        "leaderships": "meetups.Leadership",
        "leaderships__person": "portal.Person",
        "leaderships__organization": "portal.Organization",
    }

    def rows(self):
        leads = Leadership.objects.published().select_related("person", "organization")
        rows = Chapter.objects.exclude(published_at=None).select_related("city")
        return rows.prefetch_related(Prefetch("leaderships", leads))

    def describe(self, chapter):
        return Findable(
            kind=self.kind,
            pk=chapter.pk,
            titles=in_each_language(lambda: chapter.name),
            texts=in_each_language(lambda: joined(*self.tells(chapter))),
            also=chapter.slug,
            url=chapter.get_absolute_url(),
            visible_from=chapter.published_at,
            weight=4,
        )

    def tells(self, chapter):
        yield from (chapter.city.name, chapter.summary, plain(chapter.body or ""), names_of(chapter.leaderships.all()))


class MeetupSource(OccasionSource):
    kind, label, model = "meetup", _("Meetup"), Meetup
    follows = {
        **OccasionSource.follows,
        "chapters": "meetups.Chapter",
        "agenda": "meetups.AgendaItem",
    }

    def rows(self):
        published = Chapter.objects.published()
        return super().rows().prefetch_related("agenda", Prefetch("chapters", published))

    def tells(self, meetup):
        yield joined(*(chapter.name for chapter in meetup.chapters.all()))
        yield from super().tells(meetup)
        yield from (meetup.along_with_name, *(joined(item.title, item.summary) for item in meetup.agenda.all()))


SOURCES = [ChapterSource(), MeetupSource()]
