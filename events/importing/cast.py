"""Who speaks at a session, and what remains of it: the file adds and takes away what is its own, and nothing else."""

from functools import partial

from events.importing.texts import HAN
from events.models import SessionMaterial, Speaking


def settle_speakers(row, read, people, speakings):
    """Return what is left to do once all is saved, or None. `people` maps keys to persons.

    Whoever the last import named and this one does not goes; whoever was added here stays, and whoever was taken
    away here does not come back.
    """
    if read.speakers is None:
        return None
    present = {who.person_id: who for who in speakings.get(row.instance.pk, []) if who.person_id}
    nameless = {who.name for who in speakings.get(row.instance.pk, []) if not who.person_id}
    before = set(row.memory.values.get("speakers", []))
    added = [
        person
        for person in people.values()
        if person.pk not in present and person.pk not in before and not _names(person) & nameless
    ]
    said = {person.pk for person in people.values()}
    removed = [who for pk, who in present.items() if pk in before - said]
    row.said["speakers"] = list(people.values())
    if not added and not removed:
        return None
    return partial(_change_speakers, row.instance, added, removed, len(present) + len(nameless))


def _names(person):
    return {person.name_zh_hans, person.name_en} - {"", None}


def _change_speakers(session, added, removed, position):
    for who in removed:
        who.delete()
    for number, person in enumerate(added, position + 1):
        Speaking.objects.create(session=session, person=person, organization=person.organization, position=number)


def settle_links(row, read, materials):
    """The same for links."""
    if read.links is None:
        return None
    present = {(one.kind, one.url): one for one in materials.get(row.instance.pk, []) if one.url}
    before = {tuple(link) for link in row.memory.values.get("links", [])}
    said = {link[:2] for link in read.links}
    row.said["links"] = [list(link[:2]) for link in read.links]
    added = [link for link in read.links if link[:2] not in present and link[:2] not in before]
    removed = [one for key, one in present.items() if key in before - said]
    if not added and not removed:
        return None
    return partial(_change_links, row.instance, added, removed, len(present))


def _change_links(session, added, removed, position):
    for one in removed:
        one.delete()
    for number, (kind, url, title) in enumerate(added, position + 1):
        column = "title_zh_hans" if HAN.search(title) else "title_en"
        SessionMaterial.objects.create(session=session, kind=kind, url=url, position=number, **{column: title})
