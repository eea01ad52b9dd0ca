"""Chapters, their meetups, and who registered."""

from datetime import timedelta
from math import ceil

from meetups.models import AgendaItem, Chapter, Leadership, Meetup
from portal.models import Desk, Occasion, Part, Partnership, Registration
from portal.paging import PER_PAGE
from tests.bench.archive.rows import AT_ONCE, CHAPTERS, MEETUPS, REGISTRATIONS, both, put


class Chapters:
    """A part of `Archive`."""

    def make_meetups(self):
        count = self.some(CHAPTERS, 6)
        self.chapters = put(Chapter, map(self.a_chapter, range(count)), "chapters", count)
        leads = [
            Leadership(chapter=one, person=self.draw.choice(self.people), position=n)
            for one in self.chapters
            for n in range(3)
        ]
        put(Leadership, leads, "leads", len(leads))
        first = Occasion.objects.order_by("-pk").first().pk + 1
        count = ceil(self.some(MEETUPS, 120) / PER_PAGE) * PER_PAGE  # the last page of the list is a whole one
        self.meetups = put(Occasion, (self.an_occasion(first, n, count) for n in range(count)), "meetups", count)
        for one in self.meetups:
            Meetup(occasion_ptr_id=one.pk).save_base(raw=True)
        tie = Meetup.chapters.through
        tie.objects.bulk_create(
            [
                tie(meetup_id=one.pk, chapter=self.chapters[n % len(self.chapters)])
                for n, one in enumerate(self.meetups)
            ],
            AT_ONCE,
        )
        put(Part, (self.a_part(one, "guest") for one in self.meetups for _n in range(2)), "guests", 2 * count)
        put(
            AgendaItem,
            (AgendaItem(meetup_id=one.pk, position=n, **self.title(n)) for one in self.meetups for n in range(3)),
            "agenda",
            3 * count,
        )
        put(
            Partnership,
            (self.a_partnership(one, self.draw.choice(self.organizations)) for one in self.meetups),
            "hosts",
            count,
        )

    def a_chapter(self, number):
        name = both("name", f"城市社区{number}", f"Chapter {number}") | both("summary", "一句话。", "A sentence.")
        return Chapter(
            slug=f"chapter-{number}",
            city=self.cities[number],
            position=number,
            **name,
            **self.told("body"),
            **self.public,
        )

    def an_occasion(self, first, number, count):
        """Twelve lie ahead; the others fill the ten years before."""
        apart = timedelta(days=3650 / count)
        starts = self.today + (timedelta(days=3 * (number + 1)) if number < 12 else -apart * (number - 11))
        return Occasion(
            pk=first + number,
            wing="meetups",
            slug=f"meetup-{number}",
            city=self.cities[number % len(self.chapters)],
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            over_at=starts + timedelta(hours=3),
            **self.title(number),
            **both("summary", "简介。", "A summary."),
            **both("place", "咖啡馆", "A café"),
            **self.told("body"),
            **self.public,
        )

    def make_seats(self):
        """A desk for every third meetup; the first one, ahead, takes whoever comes."""
        count = self.some(REGISTRATIONS)
        desks = [Desk(occasion_id=one.pk) for one in self.meetups[::3]]
        Desk.objects.bulk_create(desks, AT_ONCE)
        put(Registration, (self.a_registration(desks[n % len(desks)], n) for n in range(count)), "registrations", count)

    def a_registration(self, desk, number):
        email = f"guest-{number}@example.org"
        return Registration(
            desk=desk,
            name=f"Guest {number}",
            email=email,
            email_normalised=email,
            language="en",
            state="seated",
            confirmed_at=self.now,
        )
