"""What visitors may find of the ground's own rows; the wings describe theirs on top of these."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.utils import fallbacks

from portal import dates
from portal.languages import CODES
from portal.markdown import plain
from portal.models import Album, Article, AwardRecipient, Organization, Page, Part, Person
from portal.publishing import if_public
from portal.search import Findable, Source


def in_each_language(describe):
    """Return language code -> what `describe()` returns while that language is active and has no fallback."""
    described = {}
    for code in CODES:
        with override(code), fallbacks(False):
            described[code] = describe()
    return described


def joined(*parts):
    """Join what is not empty into one line."""
    return " · ".join(part for part in parts if part)


def words_of(*texts):
    """Join the texts of both languages: for words that find a row without being shown."""
    return " ".join(text for of_one in texts for text in of_one.values())


def names_of(appearances):
    """Return the names on `AsOfThen` rows, with the organization of that day."""
    return joined(*(" ".join(filter(None, [one.name, one.organization_name])) for one in appearances))


class PersonSource(Source):
    kind, label, model = "person", _("Person"), Person
    follows = {"names": "portal.PersonName", "organization": "portal.Organization"}

    def rows(self):
        return Person.objects.exclude(published_at=None).select_related("organization").prefetch_related("names")

    def describe(self, person):
        employer = if_public(person.organization)
        return Findable(
            kind=self.kind,
            pk=person.pk,
            titles=in_each_language(lambda: person.name),
            texts=in_each_language(lambda: joined(person.title, employer and employer.name, plain(person.bio or ""))),
            also=" ".join([*as_typed(person.slug), *(other.name for other in person.names.all())]),
            url=person.get_absolute_url(),
            visible_from=person.published_at,
            weight=2,
        )


def as_typed(slug):
    """Return a slug and, as Chinese names are typed in pinyin, the same without its hyphens."""
    return slug, slug.replace("-", "")


class OrganizationSource(Source):
    kind, label, model = "organization", _("Organization"), Organization
    follows = {"names": "portal.OrganizationName"}

    def rows(self):
        return Organization.objects.exclude(published_at=None).prefetch_related("names")

    def describe(self, organization):
        former = in_each_language(lambda: " ".join(other.name or "" for other in organization.names.all()))
        return Findable(
            kind=self.kind,
            pk=organization.pk,
            titles=in_each_language(lambda: organization.name),
            texts=in_each_language(lambda: organization.summary or ""),
            also=" ".join([*as_typed(organization.slug), words_of(former)]),
            url=organization.get_absolute_url(),
            visible_from=organization.published_at,
            weight=2,
        )


class ArticleSource(Source):
    kind, label, model = "article", _("Article"), Article

    def rows(self):
        return Article.objects.exclude(published_at=None)

    def describe(self, article):
        return Findable(
            kind=self.kind,
            pk=article.pk,
            titles=in_each_language(lambda: article.title),
            texts=in_each_language(lambda: joined(article.summary, plain(article.body or ""), article.byline)),
            url=article.get_absolute_url(),
            visible_from=article.published_at,
            dated=article.dated,
            whens=whens_of_day(article.dated),
            weight=1,
        )


class PageSource(Source):
    kind, label, model = "page", _("Page"), Page

    def rows(self):
        return Page.objects.exclude(published_at=None)

    def describe(self, page):
        return Findable(
            kind=self.kind,
            pk=page.pk,
            titles=in_each_language(lambda: page.title),
            texts=in_each_language(lambda: joined(page.summary, plain(page.body or ""))),
            url=page.get_absolute_url(),
            visible_from=page.published_at,
            weight=1,
        )


class AlbumSource(Source):
    kind, label, model = "album", _("Album"), Album
    follows = {"occasion": "portal.Occasion"}

    def rows(self):
        return Album.objects.exclude(published_at=None).select_related("occasion")

    def describe(self, album):
        occasion = album.occasion if album.occasion and album.occasion.is_published else None
        return Findable(
            kind=self.kind,
            pk=album.pk,
            titles=in_each_language(lambda: album.title),
            texts=in_each_language(lambda: joined(album.summary, occasion and occasion.title, album.credit)),
            url=album.get_absolute_url(),
            visible_from=album.published_at,
            dated=album.taken_on,
            whens=whens_of_day(album.taken_on),
        )


class OccasionSource(Source):
    """What conferences and meetups have in common; the wing's source names model, kind and what else it tells."""

    follows = {
        "occasion_ptr": "portal.Occasion",
        "city": "portal.City",
        "highlights": "portal.Highlight",
        "awards": "portal.Award",
        "awards__recipients": "portal.AwardRecipient",
        "awards__recipients__person": "portal.Person",
        "awards__recipients__organization": "portal.Organization",
        "parts": "portal.Part",
        "parts__person": "portal.Person",
        "parts__organization": "portal.Organization",
    }

    def rows(self):
        public = {
            "parts": Part.objects.published().select_related("person", "organization"),
            "awards__recipients": AwardRecipient.objects.published().select_related("person", "organization"),
        }
        prefetches = [Prefetch(lookup, queryset) for lookup, queryset in public.items()]
        rows = self.model.objects.exclude(published_at=None).select_related("city")
        return rows.prefetch_related("highlights", "awards", *prefetches)

    def describe(self, occasion):
        return Findable(
            kind=self.kind,
            pk=occasion.pk,
            titles=in_each_language(lambda: occasion.title),
            texts=in_each_language(lambda: joined(*self.tells(occasion))),
            also=joined(occasion.slug, *self.also(occasion)),
            url=occasion.get_absolute_url(),
            visible_from=occasion.published_at,
            dated=occasion.starts_on,
            whens=whens_of(occasion),
            weight=3,
        )

    def tells(self, occasion):
        """Return the texts of an occasion in the active language."""
        yield from (occasion.theme, occasion.summary, occasion.city and occasion.city.name, occasion.place)
        yield from (occasion.address, plain(occasion.body or ""))
        for highlight in occasion.highlights.all():
            yield joined(highlight.title, plain(highlight.body or ""))
        for award in occasion.awards.all():
            yield joined(award.name, award.summary, names_of(award.recipients.all()))
        yield names_of(occasion.parts.all())

    def also(self, occasion):
        """Return words that lead to an occasion without being shown."""
        return []


def whens_of(occasion):
    """Return language code -> the occasion's date in words."""
    return {code: dates.written(occasion, code, weekdays=False) for code in CODES}


def whens_of_day(day):
    """Return language code -> the day in words; empty where it is not known."""
    if day is None:
        return {}
    return {code: dates.written_days(day, day, code, weekdays=False) for code in CODES}


SOURCES = [PersonSource(), OrganizationSource(), ArticleSource(), PageSource(), AlbumSource()]
