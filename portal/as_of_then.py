"""Whoever speaks or produces, as lists show them; read as values, since rows of hundreds take longer than the rest."""

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from portal.publishing import if_public
from portal.texts import in_all_languages, text_of

OF_THEN = ("name_then", "title_then", "organization_then")
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


class ReadAsOfThen:
    """Someone's appearance, which reads like the `AsOfThen` that it is of: partials and tags take either.

    `columns` are of its own row, `texts` name the translated fields among them; `person` and `organization` are
    `Named` or None.
    """

    slug = ""  # partials ask: that of a Person, who has one

    def __init__(self, model, columns, texts, person, organization):
        self.model, self.person, self.organization = model, person, organization
        vars(self).update(columns)
        for field in texts:
            setattr(self, field, text_of(columns, field))
        public = if_public(organization)
        self.organization_name = self.organization_then or (public.name if public else "")
        self.name = self.name_then or (person.name if person else "") or self.organization_name

    def get_role_display(self):
        return str(self.model.Role(self.role).label)


def read_as_of_then(rows, *along, texts=()):
    """Return the rows of a queryset of `AsOfThen`s as a list of `ReadAsOfThen`, with the columns that `along` names.

    `texts` names further translated fields of the rows. One query. Whoever appears twice is the same `Named` each time.
    """
    texts = (*OF_THEN, *texts)
    own = ("pk", "person_id", "organization_id", *along, *in_all_languages(*texts))
    tied = [f"{of}__{name}" for of, names in (("person", PERSON), ("organization", ORGANIZATION)) for name in names]
    people, organizations, found = {None: None}, {None: None}, []
    for values in rows.values_list(*own, *tied):
        columns, person, organization = _cut(values, own)
        person_id, organization_id = columns["person_id"], columns["organization_id"]
        if person_id not in people:
            people[person_id] = _person(person)
        if organization_id not in organizations:
            organizations[organization_id] = _organization(organization)
        found.append(ReadAsOfThen(rows.model, columns, texts, people[person_id], organizations[organization_id]))
    return found


def _cut(values, own):
    """Return the values of a row by whose they are: its own as a dict, those of its person, of its organization."""
    person, organization = len(own), len(own) + len(PERSON)
    return dict(zip(own, values, strict=False)), values[person:organization], values[organization:]


def _person(values):
    person = Named("person", PERSON, values)
    person.portrait_url = default_storage.url(person.portrait) if person.portrait else ""
    person.is_published = True  # or no list of appearances would have them
    return person


def _organization(values):
    organization = Named("organization", ORGANIZATION, values)
    organization.is_published = organization.published_at is not None and organization.published_at <= timezone.now()
    return organization
