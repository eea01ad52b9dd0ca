"""What everything else refers to: the community, cities, organizations, people."""

from datetime import datetime, time, timedelta
from random import Random

from django.contrib.auth import get_user_model
from django.utils import timezone

from portal.markdown import render
from portal.models import City, Community, Organization, Page, PartnerLevel, Person, PrivacyNotice, Source
from tests.bench.archive.rows import CHAPTERS, ORGANIZATIONS, PEOPLE, SURNAMES, TEXT, WORDS_EN, WORDS_ZH, both, put


class Ground:
    """A part of `Archive`."""

    def __init__(self, scale):
        self.scale, self.draw = scale, Random(8)
        self.now = timezone.now()
        self.today = datetime.combine(self.now.date(), time(9), tzinfo=timezone.get_default_timezone())
        self.public = {"published_at": self.now - timedelta(days=3)}
        self.html = render(TEXT)

    def some(self, full, least=1):
        return max(least, round(full * self.scale))

    def title(self, number):
        zh, en = self.draw.sample(WORDS_ZH, 3), self.draw.sample(WORDS_EN, 3)
        return both("title", f"{''.join(zh)} {number}", f"{' '.join(en).capitalize()} {number}")

    def told(self, *fields):
        """Return Markdown columns in both languages, with their HTML."""
        return {
            name: value
            for field in fields
            for pair in (both(field, TEXT, TEXT), both(f"{field}_html", self.html, self.html))
            for name, value in pair.items()
        }

    def ground(self):
        words = both("word_for_chapter", "城市社区", "Chapter") | both("word_for_chapters", "城市社区", "Chapters")
        Community(**both("name", "开源档案", "Archive"), **words).save()
        PrivacyNotice(version="1", **both("title", "隐私", "Privacy"), **self.told("body"), **self.public).save()
        for slug in ("about", "code-of-conduct", "privacy"):
            Page(slug=slug, **both("title", slug, slug.capitalize()), **self.told("body"), **self.public).save()
        get_user_model().objects.create_superuser("bench", password="a-password-for-the-bench")
        self.cities = put(City, map(self.a_city, range(CHAPTERS)), "cities", CHAPTERS)
        organizations, people = self.some(ORGANIZATIONS, 40), self.some(PEOPLE, 400)
        self.organizations = put(
            Organization, map(self.an_organization, range(organizations)), "organizations", organizations
        )
        self.people = put(Person, map(self.a_person, range(people)), "people", people)
        self.source = Source.objects.create(**both("title", "报告", "A report"))
        self.levels = [
            PartnerLevel.objects.create(
                slug=f"level-{n}", role=role, position=n, **both("name", f"级别 {n}", f"Level {n}")
            )
            for n, role in enumerate(("host", "co-host", "sponsor", "sponsor", "community", "media"))
        ]

    def a_city(self, number):
        where = {"latitude": 20 + number % 20, "longitude": 90 + number // 2}
        return City(slug=f"city-{number}", **both("name", f"城市{number}", f"City {number}"), **where)

    def an_organization(self, number):
        name = both("name", f"{self.draw.choice(WORDS_ZH)}公司{number}", f"{self.draw.choice(WORDS_EN)} Inc {number}")
        return Organization(
            slug=f"organization-{number}", **name, **both("summary", "一句话。", "A sentence."), **self.public
        )

    def a_person(self, number):
        zh = self.draw.choice(SURNAMES) + self.draw.choice(WORDS_ZH)[0] + str(number)
        name = both("name", zh, f"Person {number}") | both("title", "工程师", "Engineer")
        organization = self.draw.choice(self.organizations)
        return Person(slug=f"person-{number}", organization=organization, **name, **self.told("bio"), **self.public)
