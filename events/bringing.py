"""What speakers of an accepted proposal bring: a photo of themselves, slides and links for their session."""

import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from events.models import Proposal, SessionMaterial
from portal import images
from portal.locking import lock, locked
from portal.photos import delete_files
from portal.refused import Refused

MOST_SLIDES = 6
WIDTH_OF_PORTRAIT = 800


def add_slides(proposal, *, title="", url="", file=None):
    """Put a file or a link under the proposal's session, where visitors see it at once; return the material."""
    with locked(proposal) as proposal:
        refuse_undecided(proposal)
        if len(proposal.put_up) >= MOST_SLIDES:
            raise Refused(_("There are %(most)d files already; remove one first.") % {"most": MOST_SLIDES})
        last = proposal.session.materials.aggregate(last=Max("position"))["last"] or 0
        material = SessionMaterial.objects.create(
            session=proposal.session,
            kind=SessionMaterial.Kind.SLIDES,
            title=title,
            url=url,
            file=file or "",
            position=last + 1,
        )
        proposal.put_up = [*proposal.put_up, material.pk]
        proposal.save()
        return material


def materials_of(proposal):
    """Return the materials that the proposer put up, and may take away."""
    if proposal.session is None:
        return SessionMaterial.objects.none()
    return proposal.session.materials.filter(pk__in=proposal.put_up)


def remove_slides(proposal, key):
    """Take a material away again, with its file; one that an organizer put up stays."""
    with locked(proposal) as proposal:
        material = materials_of(proposal).filter(pk=key).first()
        if material is None:
            raise Refused(_("This no longer exists."))
        drop(material)
        proposal.put_up = [one for one in proposal.put_up if one != key]
        proposal.save()


def drop(material):
    """Delete a material with its file and its versions."""
    key, file = material.pk, material.file.name
    material.delete()
    SessionMaterial.history.filter(id=key).delete()
    if file:
        transaction.on_commit(lambda: delete_files([file]))


def set_photo(speaker, upload):
    """Make a picture the portrait of a speaker, upright and without what the camera wrote into it.

    Raises `portal.images.BadImage` for what is no picture, Refused where the
    profile was there before: that is the organizers' to change.
    """
    received = images.receive(upload, longest=2 * WIDTH_OF_PORTRAIT)
    with locked(speaker.proposal) as proposal:
        refuse_undecided(proposal)
        person = lock(speaker.person) if speaker.is_new and speaker.person else None
        if person is None:
            raise Refused(_("This profile was here before. Please send your photo to the organizers."))
        made = images.renditions(received.image, [WIDTH_OF_PORTRAIT])
        [(suffix, content)] = [(kind, content) for (_width, kind), content in made.items() if kind != "avif"]
        former = person.portrait.name
        person.portrait.save(f"{secrets.token_hex(12)}.{suffix}", ContentFile(content), save=False)
        person.save()
        if former:
            transaction.on_commit(lambda: delete_files([former]))
        return person


def refuse_undecided(proposal):
    if proposal.state not in Proposal.TAKEN or proposal.session is None:
        raise Refused(_("Only sessions in the programme can do this."))
