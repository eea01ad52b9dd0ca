"""All that the pages of a person and of an organization show, beside the rows themselves."""

from functools import cached_property

from django.db.models import prefetch_related_objects

from portal.dressing import dressed_albums, dressed_articles, dressed_photos
from portal.history import of_organization, of_person
from portal.models import Album, Article, Organization, Person, PersonLink, PersonName, Photo
from portal.referring import may_refer

MOST_PHOTOS = 12


class PersonPage:
    """The parts of the page: each a list, empty where nothing is known. `accent` is the community's colour."""

    def __init__(self, person, accent):
        self.person, self.accent = person, accent

    @cached_property
    def names(self):
        return list(self.person.names.all()) if may_refer(PersonName, person=self.person) else []

    @cached_property
    def links(self):
        return list(self.person.links.all()) if may_refer(PersonLink, person=self.person) else []

    @cached_property
    def years(self):
        return of_person(self.person)

    @cached_property
    def articles(self):
        """What the person wrote."""
        if not may_refer(Article, authors=self.person):
            return []
        return dressed_articles(Article.objects.published().filter(authors=self.person), self.accent)

    @cached_property
    def albums(self):
        """The albums that the person took."""
        if not may_refer(Album, photographer=self.person):
            return []
        return dressed_albums(Album.objects.published().filter(photographer=self.person), self.accent)

    @cached_property
    def photos(self):
        """The first photos that show the person."""
        if not may_refer(Photo, people=self.person):
            return []
        photos = Photo.objects.published().filter(people=self.person).select_related("album")
        return dressed_photos(photos[:MOST_PHOTOS], self.accent)


class OrganizationPage:
    """The parts of the page: each a list, empty where nothing is known."""

    def __init__(self, organization):
        self.organization = organization
        if organization.may_have_other_names:
            prefetch_related_objects([organization], "names")

    @property
    def names(self):
        return self.organization.names.all() if self.organization.may_have_other_names else []

    @cached_property
    def years(self):
        return of_organization(self.organization)

    @cached_property
    def projects(self):
        """What it made: organizations of their own."""
        of_it = may_refer(Organization, made_by=self.organization)
        return list(self.organization.projects.published()) if of_it else []

    @cached_property
    def people(self):
        """Whoever belongs to it today."""
        of_it = may_refer(Person, organization=self.organization)
        return list(self.organization.people.published().defer("bio", "bio_html")) if of_it else []
