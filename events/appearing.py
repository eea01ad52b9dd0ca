"""Whoever speaks or produces, as lists show them; read as values, since rows of hundreds take longer than the rest."""

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from events.models import Speaking
from events.texts import in_all_languages, text_of

OF_THEN = ("name_then", "title_then", "organization_then")
THEN = in_all_languages(*OF_THEN)
PERSON = ("slug", "portrait", *in_all_languages("name"))
ORGANIZATION = ("slug", "published_at", *in_all_languages("name"))


class Named:
    """A profile or a project, as far as lists tell of it; it reads like the row that it is of."""

    def __init__(self, page, names, values):
        self.page = page
        vars(self).update(zip(names, values, strict=True))
        self.name = text_of(vars(self), "name")

    def get_absolute_url(self):
        return reverse(self.page, args=[self.slug])


class Appearance:
    """Someone's appearance, which reads like an `AsOfThen`: partials and tags take either.

    `person` and `organization` are `Named` or None; `role` is empty where the row has none.
    """

    slug = role = ""

    def __init__(self, pk, then, person_id, person, organization_id, organization):
        self.pk, self.person_id, self.organization_id = pk, person_id, organization_id
        self.person, self.organization = person, organization
        vars(self).update(zip(THEN, then, strict=True))
        for field in OF_THEN:
            setattr(self, field, text_of(vars(self), field))
        self.organization_name = self.organization_then or (organization.name if organization else "")
        self.name = self.name_then or (person.name if person else "") or self.organization_name

    def get_role_display(self):
        return Speaking.Role(self.role).label


def appearances(rows, *along):
    """Return the rows of a queryset of `AsOfThen`s as a list of `Appearance`, with the columns that `along` names.

    One query. Whoever appears twice is the same `Named` each time.
    """
    own = ("pk", "person_id", "organization_id", *along)
    tied = [f"{of}__{name}" for of, names in (("person", PERSON), ("organization", ORGANIZATION)) for name in names]
    people, organizations, found = {}, {}, []
    for values in rows.values_list(*own, *THEN, *tied):
        (pk, person_id, organization_id, *told), then, person, organization = _cut(values, len(own))
        if person_id and person_id not in people:
            people[person_id] = _person(person)
        if organization_id and organization_id not in organizations:
            organizations[organization_id] = _organization(organization)
        one = Appearance(
            pk, then, person_id, people.get(person_id), organization_id, organizations.get(organization_id)
        )
        vars(one).update(zip(along, told, strict=True))
        found.append(one)
    return found


def _cut(values, own):
    """Return the values of a row by whose they are: its own, those of then, of its person, of its organization."""
    then = own + len(THEN)
    person = then + len(PERSON)
    return values[:own], values[own:then], values[then:person], values[person:]


def _person(values):
    person = Named("person", PERSON, values)
    person.portrait_url = default_storage.url(person.portrait) if person.portrait else ""
    person.is_published = True  # or no list of appearances would have them
    return person


def _organization(values):
    organization = Named("organization", ORGANIZATION, values)
    organization.is_published = organization.published_at is not None and organization.published_at <= timezone.now()
    return organization
