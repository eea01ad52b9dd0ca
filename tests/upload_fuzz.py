"""Files that a guest sends from behind their link and that are almost a photo or slides: no error of ours, no litter.

`broken()` sends them to the page of an accepted proposal. Each gets a page or a sentence, what was taken can be read
back, and on disk lies what rows name and nothing else.
"""

import random
import sys
import time
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import models
from django.test import Client
from django.urls import reverse
from PIL import Image

from events import bringing, proposing
from tests.fuzzing import mutant
from tests.make import a_proposal
from tests.organizers import an_organizer

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
STEMS = (
    "talk",
    "",
    ".",
    "..",
    "x" * 10_000,
    "演" * 90,
    "演" * 200,
    "a/../../b",
    "a\\b",
    "\u202ename",
    "con",
    "-rf *",
    "\ud83d",
)
SUFFIXES = (".jpg", ".png", ".pdf", ".PDF", ".svg", ".html", ".pdf.exe", ".php", ".zip", "", ".")
FEWEST = 60  # however slow the machine is
KINDS = ("image/jpeg", "application/pdf", "text/html", "", "x", "image/svg+xml; charset=nonsense")


def picture(kind, mode="RGB", size=(60, 40), **saved):
    out = BytesIO()
    Image.new(mode, size, 120).save(out, kind, **saved)
    return out.getvalue()


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", exif=exif)


def moving(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def of_size(width, height):
    """Return a small PNG that says it is so large."""
    content = bytearray(picture("PNG"))
    content[16:24] = width.to_bytes(4) + height.to_bytes(4)
    return bytes(content)


PICTURES = (
    *(picture("JPEG"), picture("JPEG", "CMYK"), picture("JPEG", "L"), turned()),
    *(picture("PNG"), picture("PNG", "RGBA"), picture("PNG", "I;16"), picture("PNG", "P")),
    *(picture("WEBP"), picture("AVIF"), picture("TIFF"), picture("BMP"), picture("GIF")),
    *(moving("GIF"), moving("PNG"), moving("WEBP"), of_size(2**31 - 1, 2**31 - 1), of_size(0, 0), of_size(20_001, 1)),
)
FILES = (b"", b"\x00" * 5000, SVG, b"%PDF-1.7\n%%EOF", b"PK\x05\x06" + bytes(18), *PICTURES)
FILES += (picture("JPEG") + b"PK\x05\x06" + bytes(18), b"%PDF-1.7\n" + picture("JPEG"), picture("PNG") + SVG)


class Fuzz:
    """One round: a proposal of somebody new, its page, and what it is given."""

    def __init__(self, dice):
        self.dice, self.found, self.asked, self.taken = dice, {}, 0, 0
        self.client = Client(raise_request_exception=False, SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
        proposal = a_proposal(name="Fuzz")
        self.proposal = proposing.accept(proposal, an_organizer(proposal.call.conference.series))
        self.path = reverse("my-files", args=[self.proposal.token])
        speaker = ("speaker", str(self.proposal.speakers.get().pk))
        self.fields = (
            [speaker],
            [speaker],
            [],
            [],
            [("speaker", "0")],
            [("title", "x" * 300)],
            [("url", "https://a.b/")],
        )

    def run(self, seconds):
        ends = time.monotonic() + seconds
        got_request_exception.connect(self._note)
        try:
            while self.asked < FEWEST or time.monotonic() < ends:
                self.send()
        finally:
            got_request_exception.disconnect(self._note)
        return {"asked": self.asked, "taken": self.taken, "found": list(self.found.values())}

    def content(self):
        content = self.dice.choice(FILES)
        change = self.dice.randrange(4)
        if change == 0:
            return content[: self.dice.randrange(len(content) + 1)]
        return mutant(self.dice, [content]) if change == 1 else content

    def send(self):
        name = self.dice.choice(STEMS) + self.dice.choice(SUFFIXES)
        fields = self.dice.choice(self.fields)
        file = self.dice.choice(("photo", "file"))
        body, boundary = multipart(self.dice, fields, file, name, self.dice.choice(KINDS), self.content())
        content_type = f"multipart/form-data; boundary={boundary}"
        self.sent = f"{fields} {file} {name[:50]!r} {body[-200:]}"
        answer = self.client.generic("POST", self.path, body, content_type)
        self.asked += 1
        if answer.status_code >= 500:
            self.found.setdefault(("answer", file), f"{answer.status_code}: {self.sent}")
        self.taken += answer.status_code == 302
        lying = files_on_disk() ^ files_of_rows()
        if lying:
            self.found.setdefault("litter", f"{lying}: {self.sent}")
        self.proposal.refresh_from_db()
        for material in bringing.materials_of(self.proposal):
            bringing.remove_slides(self.proposal, material.pk)

    def _note(self, sender, request, **kwargs):
        kind, problem, _trace = sys.exc_info()
        self.found.setdefault(kind, f"{problem!r}: {self.sent}")


def multipart(dice, fields, file, name, kind, content):
    """Return (body, boundary) of a form with one file, now and then not as it should be."""
    boundary = dice.choice(("x" * 20, "b", "-" * 60))
    name = name.encode("utf-8", "surrogatepass")
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields]
    head = b'Content-Disposition: form-data; name="' + file.encode() + b'"; filename="' + name + b'"\r\n'
    parts.append(head + f"Content-Type: {kind}\r\n\r\n".encode() + content)
    line = b"--" + boundary.encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    nonsense = dice.randrange(8)
    if nonsense == 0:
        body = body[: dice.randrange(len(body))]
    elif nonsense == 1:
        body = mutant(dice, [body])
    elif nonsense == 2:
        boundary = dice.choice(("other", "", "a" * 300, "ü"))
    return body, boundary


def files_on_disk():
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def files_of_rows():
    named = set()
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField):
                named |= set(model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return named - {None}


def broken(seconds, number=0):
    """Send until the time is up; return {"asked", "taken": how many, "found": list of what went wrong}."""
    return Fuzz(random.Random(number)).run(seconds)
