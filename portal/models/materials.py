"""What remains of a talk: links and files that say what they lead to."""

import secrets
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .links import TypedLink, validate_web_address

KINDS_OF_FILE = ("pdf", "odp", "odt", "pptx", "key", "txt", "md", "srt", "vtt", "zip", "mp3", "mp4", "webm")
MOST_BYTES = 100 * 2**20


def name_of_file(material, filename):
    """Return where a file lies: it keeps its name, in a folder that nobody guesses while its page is a draft."""
    return f"materials/{secrets.token_hex(16)}/{PurePath(filename).name}"


def validate_size(file):
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than %(most)d MB."), params={"most": MOST_BYTES // 2**20})


def link_or_file(name):
    """Return the constraint that a material leads somewhere: to a link or to a file, not to both."""
    return models.CheckConstraint(
        condition=Q(url="", file__gt="") | Q(url__gt="", file=""),
        name=name,
        violation_error_message=_("Give a link or a file, one of them."),
    )


class Material(TypedLink):
    """A link, or a file of our own that is handed over to be saved."""

    url = models.URLField(_("link"), max_length=500, blank=True, validators=[validate_web_address])
    file = models.FileField(
        _("file"),
        upload_to=name_of_file,
        max_length=200,
        blank=True,
        validators=[FileExtensionValidator(KINDS_OF_FILE), validate_size],
    )

    class Meta(TypedLink.Meta):
        abstract = True

    @property
    def suffix(self):
        """The kind of file, as people call it: `PDF`."""
        return PurePath(self.file.name).suffix[1:].upper()

    @property
    def address(self):
        return self.file.url if self.file else self.url
