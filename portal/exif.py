"""What a camera tells of a photo: which way up it is, when it was taken, and whose it is.

EXIF comes as the bytes of a TIFF (CIPA DC-008). Nothing in them is to be trusted to be in order.
"""

import re
import struct
from datetime import datetime

from PIL import ExifTags, Image

DAMAGE = (SyntaxError, ValueError, TypeError, LookupError, OSError, EOFError, ArithmeticError, struct.error)


def parsed_exif(exif):
    """Return {tag: value} of TIFF bytes with the tags of the photo itself among them; {} when they are garbage."""
    tags = Image.Exif()
    try:
        tags.load(exif)
        return {**tags, **tags.get_ifd(ExifTags.IFD.Exif)} if exif else {}
    except DAMAGE:
        return {}


def orientation_of(exif):
    """Return the orientation 1-8 that TIFF bytes tell; 1 when they tell none, or nonsense."""
    value = parsed_exif(exif).get(ExifTags.Base.Orientation)
    return value if value in range(1, 9) else 1


def exif_of_orientation(orientation):
    """Return TIFF bytes with this one tag."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    return tags.tobytes().removeprefix(b"Exif\0\0")


def time_taken(tags):
    """Return when the shutter was released, naive where the camera did not tell its time zone; None if unknown."""
    time = tags.get(ExifTags.Base.DateTimeOriginal) or tags.get(ExifTags.Base.DateTimeDigitized)
    zone = tags.get(ExifTags.Base.OffsetTimeOriginal)
    for text, pattern in ((f"{time} {zone}", "%Y:%m:%d %H:%M:%S %z"), (f"{time}", "%Y:%m:%d %H:%M:%S")):
        try:
            return datetime.strptime(text.replace("\0", "").strip(), pattern)
        except ValueError:
            continue
    return None


def credit(tags):
    """Return whom the camera names as artist, owner or holder of the copyright, or ""."""
    names = (ExifTags.Base.Artist, ExifTags.Base.CameraOwnerName, ExifTags.Base.Copyright)
    return next(filter(None, (_text(tags.get(name)) for name in names)), "")


def _text(value):
    """Return a tag's text on one line. EXIF allows ASCII alone, so Pillow reads Latin-1; cameras write UTF-8 or GBK."""
    if not isinstance(value, str):
        return ""
    for encoding in ("utf-8", "gbk"):
        try:
            value = value.encode("latin-1").decode(encoding)
            break
        except UnicodeError:
            continue
    return " ".join(re.sub(r"[\0-\x1f\x7f]", " ", value).split())[:200]
