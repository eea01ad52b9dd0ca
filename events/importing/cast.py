"""Who speaks at a session, and what remains of it: the file adds and takes away what is its own, and nothing else."""

from functools import partial

from django.utils.translation import override

from events.exports.exported import absolute
from events.importing.texts import HAN
from events.imports.texts import compared
from events.models import SessionMaterial, Speaking
from portal.languages import HTML_LANG


def known_on_stage(people, speakings):
    """Return the people with those who would be new replaced by whoever is on stage already under that name.

    A file that knows people by their names alone means them. Left out is who is on stage without being a person: a
    guest with a name alone, or a project that presents itself.
    """
    on_stage = {compared(name): who for who in speakings for name in _names_of(who)}
    found = []
    for person in people:
        names = {compared(person.name_zh_hans), compared(person.name_en)} - {""}
        who = next((on_stage[name] for name in names if name in on_stage), None) if person.pk is None else None
        if who is None or who.person_id:
            found.append(who.person if who else person)
    return list({id(person): person for person in found}.values())


def _names_of(who):
    for code in HTML_LANG:
        with override(code):
            yield who.name


def settle_speakers(row, read, people, speakings):
    """Return what is left to do once all is saved, or None. `people` are the persons that the file names.

    Whoever the last import named and this one does not goes; whoever was added here stays, and whoever was taken
    away here does not come back.
    """
    if read.speakers is None:
        return None
    on_stage = speakings.get(row.instance.pk, [])
    present = {who.person_id: who for who in on_stage if who.person_id}
    before = set(row.memory.values.get("speakers", []))
    added = [person for person in people if person.pk not in present and person.pk not in before]
    said = {person.pk for person in people}
    removed = [who for pk, who in present.items() if pk in before - said]
    row.said["speakers"] = list(people)
    if not added and not removed:
        return None
    return partial(_change_speakers, row.instance, added, removed, len(on_stage))


def _change_speakers(session, added, removed, position):
    for who in removed:
        who.delete()
    for number, person in enumerate(added, position + 1):
        Speaking.objects.create(session=session, person=person, organization=person.organization, position=number)


def settle_links(row, read, materials):
    """The same for links. A file that was put up here is known again by the address that our own export gives it."""
    if read.links is None:
        return None
    present = {(one.kind, one.url or absolute(one.address)): one for one in materials.get(row.instance.pk, [])}
    before = {tuple(link) for link in row.memory.values.get("links", [])}
    said = {link[:2] for link in read.links}
    row.said["links"] = [list(link[:2]) for link in read.links]
    added = [link for link in read.links if link[:2] not in present and link[:2] not in before]
    removed = [one for key, one in present.items() if one.url and key in before - said]
    if not added and not removed:
        return None
    return partial(_change_links, row.instance, added, removed, len(present))


def _change_links(session, added, removed, position):
    for one in removed:
        one.delete()
    for number, (kind, url, title) in enumerate(added, position + 1):
        column = "title_zh_hans" if HAN.search(title) else "title_en"
        SessionMaterial.objects.create(session=session, kind=kind, url=url, position=number, **{column: title})
