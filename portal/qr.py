"""QR codes as bitmaps, so that a long press in WeChat works."""

import base64
import io

import segno
from PIL import Image

MODULE, QUIET = 8, 4  # pixels; modules around the code
# One of the eight patterns that a code may be laid over. To find the best one takes four times as long as all the rest.
GOOD_ENOUGH = 3


def png(address, mask=None):
    """Return the code of an address as the bytes of a PNG, with its quiet zone; `mask` None looks for the best one."""
    code = segno.make(address, error="m", micro=False, mask=mask)
    dark = [module for line in code.matrix_iter(border=QUIET) for module in line]
    modules = Image.frombytes("L", code.symbol_size(border=QUIET), bytes(0 if one else 255 for one in dark))
    out = io.BytesIO()
    # Pillow draws the squares in half the time that segno takes.
    modules.convert("1").resize([side * MODULE for side in modules.size], Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


def data_uri(address):
    """Return the code as an image inside the page, for an address that no request should name: made for each visit."""
    return "data:image/png;base64," + base64.b64encode(png(address, GOOD_ENOUGH)).decode()
