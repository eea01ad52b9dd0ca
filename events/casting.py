"""Who the speakers of an accepted proposal are, somebody already here or a new profile; and their place on stage."""

import re

from django.db.models import Q

from events.models import Speaking
from portal.models import Organization, Person
from portal.slugs import save_with_free_slug, slug_from

HAN = re.compile(r"[㐀-鿿]")


def column_of(name, text):
    """Return the column of a translated field that a text belongs in, by its script."""
    return f"{name}_zh_hans" if HAN.search(text) else f"{name}_en"


def alike(speakers, user):
    """Return a dict of speaker's key -> the people of that name whom the user may choose. One query, or two."""
    names = {speaker.name for speaker in speakers}
    if not names:
        return {}
    said = Q()
    for name in names:
        said |= Q(name_zh_hans__iexact=name) | Q(name_en__iexact=name) | Q(names__name__iexact=name)
    people = list(Person.objects.choosable_by(user).filter(said).distinct().prefetch_related("names"))
    return {speaker.pk: [one for one in people if _is_called(one, speaker.name)] for speaker in speakers}


def cast(proposal, user, people):
    """Put each speaker on the stage of the proposal's session; `people` maps keys of speakers to persons."""
    for speaker in proposal.speakers.all():
        person = people.get(speaker.pk)
        speaker.is_new = person is None
        speaker.person = person or _new_profile(speaker, user)
        speaker.save()
        house = _house(speaker.organization)
        printed = {column_of("organization_then", speaker.organization): speaker.organization} if not house else {}
        Speaking.objects.create(
            session=proposal.session,
            person=speaker.person,
            organization=house,
            position=speaker.position,
            **{column_of("title_then", speaker.title): speaker.title},
            **printed,
        )


def _new_profile(speaker, user):
    told = {column_of(name, getattr(speaker, name)): getattr(speaker, name) for name in ("name", "title", "bio")}
    profile = Person(organization=_house(speaker.organization), entered_by=user, **told)
    return save_with_free_slug(profile, slug_from(speaker.name) or "speaker")


def _house(name):
    """Return the organization of that name that visitors know, or None; two of a name are none."""
    if not name:
        return None
    named = Organization.objects.published().filter(Q(name_zh_hans__iexact=name) | Q(name_en__iexact=name))
    found = list(named[:2])
    return found[0] if len(found) == 1 else None


def _is_called(person, name):
    names = (person.name_zh_hans, person.name_en, *(other.name for other in person.names.all()))
    return name.casefold() in {one.casefold() for one in names if one}
