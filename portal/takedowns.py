"""The verbs of a request to take a photo down: asked, then removed or kept.

What the person wrote goes when it is decided, in the same transaction: the log keeps
which photo of which album, why, when and by whom it was decided.
"""

from django.utils import timezone

from portal.locking import locked, locked_all
from portal.mail import queue
from portal.models import Community, Photo, Takedown
from portal.photos import hide, show_again

State = Takedown.State


class AlreadyDecided(Exception):
    """Somebody else was faster."""


def ask_for(photo, **told):
    """Note a request about a photo and return it; the photo goes at once where the community wants it so.

    `told` are reason, message, email and language of who asks. Raises Photo.DoesNotExist where it has gone by itself.
    """
    with locked(photo, "album") as photo:
        takedown = Takedown.objects.create(album=photo.album, photo=photo, number=photo.pk, sha256=photo.sha256, **told)
        if Community.current().takedown_hides_at_once:
            hide(photo)
    return takedown


def remove(takedown, user):
    """Remove the photo for good: its row, its history, and every file. Raises `AlreadyDecided`.

    Other requests about it are decided with it, and everybody who left an address is told.
    """
    with locked_all(_about_the_photo_of(takedown)) as requests:
        _decide(takedown, user, State.REMOVED)
        for other in requests:
            if other.state == State.OPEN and other.pk != takedown.pk:
                _decide(other, user, State.REMOVED)
        photo = Photo.objects.filter(pk=takedown.number).first()
        if photo:
            photo.delete()
        Photo.history.filter(id=takedown.number).delete()


def keep(takedown, user):
    """Leave the photo where it is, and show it again if it was hidden. Raises `AlreadyDecided`."""
    with locked_all(_about_the_photo_of(takedown)) as requests:
        _decide(takedown, user, State.KEPT)
        photo = Photo.objects.filter(pk=takedown.number).first()
        is_asked_for = any(other.state == State.OPEN and other.pk != takedown.pk for other in requests)
        if photo and not is_asked_for:
            show_again(photo)


def _about_the_photo_of(takedown):
    """Return all requests about one photo: held together, they are decided one after another."""
    return Takedown.objects.filter(album=takedown.album_id, number=takedown.number)


def _decide(takedown, user, state):
    with locked(takedown) as row:
        if row.state != State.OPEN:
            raise AlreadyDecided(row)
        _tell(row, state)
        row.state, row.decided_at, row.decided_by = state, timezone.now(), user
        row.email = row.message = ""
        if state == State.KEPT:
            row.sha256 = ""
        row.save()


def _tell(takedown, state):
    """Queue a mail with the outcome for whoever left an address."""
    if takedown.email:
        queue("takedown", takedown.email, takedown.language, takedown=takedown, removed=state == State.REMOVED)
