"""What happens to a photo: it is put up, described, hidden, shown again, deleted.

An original is never lost and a row never lacks its file: files are written first,
then the row is committed; a row goes first, then its files. Whatever dies in between
leaves a file without a row, which `manage.py clean_media` finds. What goes into the
bin is off every page at once, and keeps its original until the bin forgets it.
"""

import logging
import secrets
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from portal.images import BadImage, placeholder, receive, renditions
from portal.locking import lock, locked
from portal.models import Photo, Takedown

logger = logging.getLogger(__name__)

_originals_are_kept = ContextVar("originals of deleted photos are kept", default=False)

# How wide the pictures are that pages load, in pixels.
WIDTHS = (320, 640, 1280, 2048)
# Few, since a task that a killed worker left begins anew.
PHOTOS_A_TASK = 10
SUFFIX_OF_KIND = {"jpeg": "jpg", "heif": "heic"}


class AlreadyThere(BadImage):
    """The album has this very file; `photo` is the one."""

    def __init__(self, photo):
        super().__init__(_("This photo is already in the album."))
        self.photo = photo


def put_up(album, file, **fields):
    """Check a picture, write its original and its renditions, and return its new `Photo`.

    `fields` are further values of the row. Raises `BadImage` with the reason for who
    sent it, `AlreadyThere` among them: the same file twice is one photo.
    """
    received = receive(file, longest=max(WIDTHS))
    facts = received.facts
    _refuse_the_known(album, facts.sha256)
    told = {"taken_at": _moment(facts.taken_at, album), "credit_zh_hans": facts.credit, "credit_en": facts.credit}
    photo = Photo(
        album=album,
        width=facts.width,
        height=facts.height,
        size=len(received.original),
        sha256=facts.sha256,
        **{**told, **fields},
    )
    with ExitStack() as undo:
        undo.callback(lambda: delete_files(written_of(photo)))
        photo.image.save(f"x.{SUFFIX_OF_KIND.get(facts.kind, facts.kind)}", ContentFile(received.original), save=False)
        write_renditions(photo, received.image)
        try:
            with transaction.atomic():
                photo.save()
        except IntegrityError:
            _refuse_the_known(album, facts.sha256)  # somebody sent the same file at the same time
            raise
        undo.pop_all()
    return photo


def _refuse_the_known(album, sha256):
    known = Photo.objects.filter(album=album, sha256=sha256).first()
    if known:
        raise AlreadyThere(known)
    if Takedown.objects.removed().filter(sha256=sha256).exists():
        raise BadImage(_("This photo was taken down because somebody asked for it; it cannot be uploaded again."))


def _moment(taken_at, album):
    """Return the aware moment of what a camera's clock said: that of the event's place where it named no zone."""
    if not isinstance(taken_at, datetime) or timezone.is_aware(taken_at):
        return taken_at
    zone = album.occasion.tzinfo if album.occasion else timezone.get_default_timezone()
    return taken_at.replace(tzinfo=zone)


def write_renditions(photo, image):
    """Write what pages load of a decoded picture, under a new key; the row is for the caller to save."""
    made = renditions(image, WIDTHS)
    photo.key = secrets.token_hex(16)
    photo.widths = sorted({width for width, _kind in made})
    photo.fallback = next(kind for _width, kind in made if kind != "avif")
    photo.placeholder = placeholder(image) if photo.fallback == "jpeg" else ""
    for (width, kind), data in made.items():
        default_storage.save(photo.rendition_name(width, kind), ContentFile(data))


def hide(photo):
    """Take a photo from every page at once, and what pages loaded of it from the store; the original stays."""
    with locked(photo) as photo:
        if photo.hidden_at is None:
            gone = photo.rendition_names()
            without_renditions(photo)
            photo.hidden_at = timezone.now()
            photo.save()
            transaction.on_commit(lambda: delete_files(gone))


def show_again(photo):
    """Show a photo that is hidden, or whose original is back in the store.

    What pages load of it is made by the worker, and until then its place is kept.
    """
    with locked(photo) as photo:
        if photo.hidden_at or photo.unreadable_since:
            photo.hidden_at = photo.unreadable_since = None
            photo.save()
            make_renditions_of([photo.pk])


def without_renditions(photo):
    """Make a row say that pages can load nothing of it, as after the bin, where its original alone was kept."""
    photo.key, photo.widths, photo.placeholder, photo.unreadable_since = "", [], "", None


def make_renditions_of(keys):
    """Let the worker make what pages load of photos that are shown again, or back from the bin."""
    for start in range(0, len(keys), PHOTOS_A_TASK):
        show_returned.enqueue(keys[start : start + PHOTOS_A_TASK])


@task()
def show_returned(keys):
    """Make what pages load of photos, where it is not there yet; a second each, so not in a request."""
    for photo in Photo.objects.in_the_making().filter(pk__in=keys):
        try:
            _make_anew(photo)
        except (FileNotFoundError, BadImage):
            logger.exception("Photo %s is shown again and lacks its original", photo.pk)
            Photo.objects.in_the_making().filter(pk=photo.pk).update(unreadable_since=timezone.now())


def _make_anew(photo):
    """Make a photo's renditions, under names that nobody knows yet; the row is held only once they are written."""
    with ExitStack() as undo:
        undo.callback(lambda: delete_files(photo.rendition_names()))
        with photo.image.open() as original:
            write_renditions(photo, receive(original, longest=max(WIDTHS)).image)
        with transaction.atomic():
            row = lock(photo)
            if row is None or row.key or row.hidden_at:  # deleted or hidden meanwhile, or another worker was faster
                return
            for name in ("key", "widths", "fallback", "placeholder"):
                setattr(row, name, getattr(photo, name))
            row.save()
        undo.pop_all()


def describe(photo, people=(), **values):
    """Set values of a photo's row, and add people who are in it. Raises `AlreadyThere` where another album has it."""
    try:
        with locked(photo) as photo:
            for name, value in values.items():
                setattr(photo, name, value)
            photo.save()
            photo.people.add(*people)
    except IntegrityError:
        raise AlreadyThere(photo) from None


def order_by_time(album):
    """Let the photos stand by the time they were taken, instead of by hand."""
    album.photos.update(position=0)


def written_of(photo):
    """Return the names of all files of a photo."""
    return [*([photo.image.name] if photo.image else []), *photo.rendition_names()]


def delete_files(names):
    """Delete files from the store; what is not there is no error."""
    for name in names:
        default_storage.delete(name)


@contextmanager
def keeping_originals():
    """Within it, and in this thread alone, a deleted photo leaves its original in the store, for the bin."""
    token = _originals_are_kept.set(True)
    try:
        yield
    finally:
        _originals_are_kept.reset(token)


def delete_files_of_deleted(sender, instance, **kwargs):
    """A receiver of `post_delete`: photos are also deleted with their album, which calls no `delete()` of theirs."""
    names = instance.rendition_names() if _originals_are_kept.get() else written_of(instance)
    transaction.on_commit(lambda: delete_files(names))
