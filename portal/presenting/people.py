"""People as `_person_grid.html`, `_faces.html` and the lists of sessions and forums show them."""

from dataclasses import dataclass

from portal.languages import fallback_lang
from portal.models import Organization, Person


@dataclass(frozen=True)
class Who:
    """Someone as they were that day: a person with a profile, a name alone, or an organization by itself."""

    name: str
    name_lang: str = ""
    title: str = ""
    title_lang: str = ""
    organization_name: str = ""
    organization_lang: str = ""
    role_text: str = ""
    person: Person | None = None
    organization: Organization | None = None

    @property
    def url(self):
        """The profile; the organization's page where no person is named; else empty."""
        row = self.person or self.organization
        return row.get_absolute_url() if row and row.is_published else ""


def who(appearance, role_text=""):
    """Return the `Who` of an `AsOfThen` row; `role_text` says what they did. Needs `person` and `organization`."""
    name, organization_name = appearance.name, appearance.organization_name
    stands_alone = not appearance.person_id and not appearance.name_then
    return Who(
        name=name,
        name_lang=_name_lang(appearance),
        title=appearance.title_then,
        title_lang=fallback_lang(appearance, "title_then"),
        organization_name="" if stands_alone else organization_name,
        organization_lang=_organization_lang(appearance),
        role_text=role_text,
        person=appearance.person,
        organization=appearance.organization if stands_alone else None,
    )


def whos(appearances):
    """Return the list of `Who` of `AsOfThen` rows, without words for what they did."""
    return [who(appearance) for appearance in appearances]


def _name_lang(appearance):
    if appearance.name_then:
        return fallback_lang(appearance, "name_then")
    return fallback_lang(appearance.person, "name") if appearance.person_id else _organization_lang(appearance)


def _organization_lang(appearance):
    if appearance.organization_then:
        return fallback_lang(appearance, "organization_then")
    return fallback_lang(appearance.organization, "name") if appearance.organization_id else ""
