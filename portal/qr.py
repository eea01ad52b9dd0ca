"""QR codes as bitmaps, so that a long press in WeChat works."""

import base64
import io

import segno

MODULE = 8  # pixels


# One of the eight patterns that a code may be laid over. To find the best one takes four times as long as all the rest.
GOOD_ENOUGH = 3


def png(address, mask=None):
    """Return the code of an address as the bytes of a PNG, with its quiet zone; `mask` None looks for the best one."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=mask).save(out, kind="png", scale=MODULE, border=4)
    return out.getvalue()


def data_uri(address):
    """Return the code as an image inside the page, for an address that no request should name: made for each visit."""
    return "data:image/png;base64," + base64.b64encode(png(address, GOOD_ENOUGH)).decode()
