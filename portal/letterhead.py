"""The community's logo on paper: a picture, or a drawing of shapes alone.

fpdf2 sets the words of an SVG in fonts of its own, fetches the pictures that it names, draws gradients flat and knows
no masks: a drawing that has any of these would look otherwise than in a browser, and is left out.
"""

import io
import logging

from lxml import etree
from PIL import Image

from portal.lazily import lazily

fpdf = lazily("fpdf")

WIDEST, TALLEST = 80, 15  # millimetres
PIXELS = 12  # a millimetre, which a printer does not show finer
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use"}
AROUND_SHAPES = {"svg", "g", "defs", "symbol", "clipPath", "style"}
UNSEEN = {"title", "desc", "metadata"}
DRAWN = SHAPES | AROUND_SHAPES | UNSEEN
NAMESPACE = "{http://www.w3.org/2000/svg}"

logger = logging.getLogger(__name__)


def put(pdf, logo, left, top):
    """Draw a logo, the bytes of its file, in millimetres from the corner; return its height, 0 without one."""
    if not logo:
        return 0
    try:
        image, ratio = _drawing(logo) if b"<svg" in logo else _picture(logo)
        width = min(WIDEST, TALLEST * ratio)
        pdf.image(image, x=left, y=top, w=width, h=width / ratio)
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, AttributeError, fpdf.FPDFException) as problem:
        # No volunteer shall go without a certificate for a logo.
        logger.warning("The logo of the community is left out of a document: %s", problem)
        return 0
    return width / ratio


def _picture(logo):
    """Return a picture no finer than a printer shows, and its width by its height."""
    picture = Image.open(io.BytesIO(logo)).convert("RGBA")
    picture.thumbnail((WIDEST * PIXELS, TALLEST * PIXELS))
    return picture, picture.width / picture.height


def _drawing(logo):
    root = etree.fromstring(logo, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    beyond = {etree.QName(element).localname for element in root.iter(f"{NAMESPACE}*")} - DRAWN
    if beyond:
        raise ValueError(f"it holds {', '.join(sorted(beyond))}")
    _left, _top, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    return io.BytesIO(logo), width / height
