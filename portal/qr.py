"""QR codes as bitmaps, so that a long press in WeChat works."""

import base64
import io

import segno

MODULE = 8  # pixels


def png(address):
    """Return the code of an address as the bytes of a PNG, with its quiet zone."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=MODULE, border=4)
    return out.getvalue()


def data_uri(address):
    """Return the code as an image inside the page, for an address that no request should name."""
    return "data:image/png;base64," + base64.b64encode(png(address)).decode()
