"""What chapters and their meetups know of a person."""

from django.utils.translation import gettext as _

from meetups.models import Leadership
from portal.appearances import Appearance, as_of_then


def of_person(person):
    """Return a list of `Appearance`: the chapters that the person leads or led. Parts at meetups are the ground's."""
    leaderships = as_of_then(Leadership, "since", "chapter__slug", "chapter__name", person=person)
    return [
        Appearance(
            role=_("Lead"),
            at=leadership.chapter,
            at_field="name",
            day=leadership.since,
            as_of=leadership,
        )
        for leadership in leaderships
    ]
