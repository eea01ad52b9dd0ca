"""Conferences and what their pages tell."""

from datetime import timedelta

from events.models import Conference, PublicCredit, Role, Series, Team, VolunteerCall
from portal.models import Figure, Highlight, Part, Partnership
from tests.bench.archive.rows import CONFERENCES, PARTNERS, both


class Conferences:
    """A part of `Archive`."""

    def make_conferences(self):
        self.series = [
            Series.objects.create(
                slug=slug,
                accent=accent,
                **both("name", name, name),
                **both("full_name", f"{name} 大会", f"{name} Conference"),
            )
            for slug, name, accent in (("opencon", "OpenCon", "#1f6f5c"), ("hardcon", "HardCon", "#8a3b12"))
        ]
        self.conferences = [self.a_conference(number) for number in range(self.some(CONFERENCES, 2))]
        self.coming = self.conferences[0]
        for kind, rows in (
            (Figure, (self.a_figure(one, n) for one in self.conferences for n in range(5))),
            (Highlight, (self.a_highlight(one) for one in self.conferences for _n in range(4))),
            (Part, (self.a_part(one) for one in self.conferences for _n in range(10))),
            (PublicCredit, (self.a_credit(one, n) for one in self.conferences for n in range(150))),
            (
                Partnership,
                (
                    self.a_partnership(one, who)
                    for one in self.conferences
                    for who in self.draw.sample(self.organizations, PARTNERS)
                ),
            ),
        ):
            kind._base_manager.bulk_create(rows)
        self.make_call()

    def a_conference(self, number):
        """The newest is a month ahead, and each one before it half a year earlier."""
        starts = self.today + timedelta(days=30 - 183 * number)
        conference = Conference(
            slug=f"conference-{number}",
            series=self.series[number % 2],
            edition=1 + (CONFERENCES - number) // 2,
            city=self.cities[number],
            starts_at=starts.replace(hour=0),
            ends_at=starts.replace(hour=0) + timedelta(days=2),
            precision="day",
            **self.title(number),
            **both("summary", "三句话的简介。", "A summary of a sentence or two."),
            **both("place", "会展中心", "Convention centre"),
            **self.told("body"),
            **self.public,
        )
        conference.save()
        conference.opens = starts
        return conference

    def a_figure(self, occasion, number):
        return Figure(
            occasion=occasion,
            measure=Figure.Measure.values[number],
            value=1000 + number,
            source=self.source,
            is_featured=number < 3,
            position=number,
        )

    def a_highlight(self, occasion):
        return Highlight(occasion=occasion, source=self.source, **self.title("!"), **self.told("body"))

    def a_part(self, occasion, role="steering-committee"):
        person = self.draw.choice(self.people)
        return Part(
            occasion=occasion,
            person=person,
            organization=person.organization,
            role=role,
            **both("title_then", "主席", "Chair"),
        )

    def a_credit(self, conference, number):
        return PublicCredit(conference=conference, name=f"Volunteer {number}", role="Check-in", position=number)

    def a_partnership(self, occasion, organization):
        return Partnership(occasion=occasion, organization=organization, level=self.draw.choice(self.levels))

    def make_call(self):
        hours = {"opens_at": self.now - timedelta(days=9), "closes_at": self.today + timedelta(days=20)}
        call = VolunteerCall(
            conference=self.coming,
            slug="all-hands",
            **both("title", "志愿者招募", "All hands"),
            **self.told("body"),
            **hours,
        )
        call.save()
        for number in range(4):
            team = Team.objects.create(call=call, position=number, **both("name", f"第{number}组", f"Team {number}"))
            for role in range(5):
                name = both("name", f"岗位{role}", f"Role {role}") | both("summary", "做什么。", "What to do.")
                Role.objects.create(team=team, slug=f"role-{number}-{role}", maximum=10, position=role, **name)
