"""The whole history of a person or an organization: what they did for the ground's rows, and in every wing."""

from django.utils.translation import gettext as _

from portal import wings
from portal.appearances import OCCASION, Appearance, as_of_then, by_year
from portal.models import AwardRecipient, Highlight, Part, Partnership
from portal.referring import may_refer


def of_person(person):
    """Return the list of `portal.appearances.Year` of a person; the number of queries does not depend on how many."""
    of_wings = [one for wing in wings.every() for one in wing.appearances_of_person(person)]
    return by_year([*of_wings, *_parts(person=person), *_honours(person=person), *_highlights(people=person)])


def of_organization(organization):
    """The same for an organization, under the names it had."""
    of_wings = [one for wing in wings.every() for one in wing.appearances_of_organization(organization)]
    return by_year(
        [
            *_partnerships(organization),
            *of_wings,
            *_parts(organization=organization),
            *_honours(organization=organization),
            *_highlights(organizations=organization),
        ]
    )


def _parts(**whose):
    parts = as_of_then(Part, "role", *(f"occasion__{column}" for column in OCCASION), **whose)
    return [
        Appearance(role=part.get_role_display(), at=part.occasion, day=part.occasion.starts_on, as_of=part)
        for part in parts
    ]


def _honours(**whose):
    of_occasion = (f"award__occasion__{column}" for column in OCCASION)
    recipients = as_of_then(AwardRecipient, "award__name", *of_occasion, **whose)
    return [
        Appearance(
            role=_("Award"),
            at=one.award.occasion,
            day=one.award.occasion.starts_on,
            subject=one.award,
            subject_field="name",
            as_of=one,
        )
        for one in recipients
    ]


def _highlights(**whose):
    if not may_refer(Highlight, **whose):
        return []
    highlights = Highlight.objects.published().filter(**whose).select_related("occasion__city")
    return [
        Appearance(role=_("Highlight"), at=one.occasion, day=one.occasion.starts_on, subject=one) for one in highlights
    ]


def _partnerships(organization):
    if not may_refer(Partnership, organization=organization):
        return []
    partnerships = (
        Partnership.objects.published()
        .filter(organization=organization)
        .select_related("occasion__city", "level")
        .only("shown_as", "level__name", *(f"occasion__{column}" for column in OCCASION))
    )
    for one in partnerships:
        one.organization = organization
    return [
        Appearance(
            role=one.level.name,
            at=one.occasion,
            day=one.occasion.starts_on,
            known_as=one.name if one.name != organization.name else "",
        )
        for one in partnerships
    ]
