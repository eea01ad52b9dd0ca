"""Share images and posters: what an event is, where and when, as PNG that a long press in WeChat can keep.

    share_image(bill)   1200 x 630    OpenGraph, with the code only where the bill has an address
    portrait(bill)      1080 x 1440   WeChat moments
    square(bill)        1080 x 1080

All take a `Bill` and return bytes, the same for the same bill, so that a hash of
either is an ETag. Text is set whole: it wraps, then shrinks; only what no
event would be called (some 250 characters of Chinese) ends in an ellipsis.
"""

import io
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from PIL import Image, ImageDraw

from portal.colours import colours_of
from portal.columns import Block, compose, fits, letter
from portal.covers import pattern_image
from portal.lettering import NO_BREAK, Span

# What a page of posters offers: shape -> (width, height); `poster()` draws it.
SIZES = {"portrait": (1080, 1440), "square": (1080, 1080), "wide": (1200, 630)}
FOOT = 290  # pixels that the foot of a share image may take
MOST_COLOURS = 128
ALERT = "#b3261e"


@dataclass(frozen=True)
class Bill:
    """What a poster says, in the words and the language it shall say it in.

    `seed` is the slug, which also picks the cover's pattern; `accent` is "#rrggbb";
    `kicker` is what the event belongs to; `guests` are pairs of name and
    organization (which may be empty); `alert` says "Cancelled" or "Postponed"
    loudly; `url` becomes the QR code and `call` the words beside it.
    """

    title: str
    seed: str
    accent: str
    when: str = ""
    where: str = ""
    kicker: str = ""
    community: str = ""
    guests: tuple = ()
    alert: str = ""
    url: str = ""
    call: str = ""


def poster(bill, shape):
    """Return the PNG of one of the SIZES; raises KeyError for another shape."""
    return {"portrait": portrait, "square": square, "wide": share_image}[shape](bill)


def share_image(bill):
    """Return the PNG that other sites show beside a link."""
    (width, height), margin, side = SIZES["wide"], 72, 380
    column, colours = width - side - 2 * margin + 20, colours_of(bill.accent)
    canvas = Image.new("RGB", (width, height), colours(9))
    canvas.paste(pattern_image(bill.seed, bill.accent, (side, height)), (width - side, 0))
    top = margin - 16
    if bill.alert:
        alert_band(canvas, bill.alert, (0, 0, width - side, 84))
        top += 64
    if bill.url:
        code = qr_image(bill.url, side - 2 * 50)
        canvas.paste(code, (width - side + (side - code.width) // 2, height - code.height - 50))
    said, guests, signed = facts(bill, 34), cast(bill, 28, few=1), signature(bill, 26)
    # Who comes stands on the page; when it ends and where it is must be whole.
    whole = said + guests + signed if fits(said + guests + signed, column, FOOT) else said + signed
    foot, foot_height = compose(whole, column, FOOT)
    head, _ = compose(heading(bill, 80, 26), column, height - top - (margin - 16) - foot_height - 20)
    letter(canvas, head, (margin, top), colours)
    letter(canvas, foot, (margin, height - foot_height - margin + 16), colours)
    return png(canvas)


def portrait(bill):
    """Return the tall poster."""
    return _poster(bill, SIZES["portrait"], title=100, least_picture=300, few=4)


def square(bill):
    """Return the square poster."""
    return _poster(bill, SIZES["square"], title=84, least_picture=120, few=2)


def _poster(bill, size, title, least_picture, few):
    """The picture on top takes what the words leave; the code and who invites stand at the foot."""
    (width, height), margin, colours = size, 84, colours_of(bill.accent)
    canvas = Image.new("RGB", size, colours(9))
    foot_height = _foot(canvas, bill, margin, colours)
    blocks = heading(bill, title, 34) + facts(bill, 42) + cast(bill, 36, few)
    room = height - foot_height - least_picture - 100
    words, words_height = compose(blocks, width - 2 * margin, room)
    picture = min(least_picture + room - words_height, (height - foot_height) * 2 // 3)
    canvas.paste(pattern_image(bill.seed, bill.accent, (width, picture)), (0, 0))
    if bill.alert:
        alert_band(canvas, bill.alert, (0, picture - 100, width, picture))
    letter(canvas, words, (margin, picture + 56), colours)
    return png(canvas)


def _foot(canvas, bill, margin, colours):
    """Draw the pale strip with the QR code, and return its height; without an address there is none."""
    if not bill.url:
        return 0
    code, padding = qr_image(bill.url, canvas.height // 18 + 170), 40
    height = code.height + 2 * padding
    top, column = canvas.height - height, canvas.width - 2 * margin - code.width - padding
    ImageDraw.Draw(canvas).rectangle((0, top, canvas.width, canvas.height), fill=colours(8))
    canvas.paste(code, (canvas.width - margin - code.width, top + padding))
    words, words_height = compose(invitation(bill, 38), column, code.height)
    letter(canvas, words, (margin, top + (height - words_height) // 2), colours)
    return height


# What is said: blocks of a bill


def heading(bill, size, least):
    return [
        Block((Span(bill.kicker, "bold", 4),), size=max(30, size * 2 // 5), least=26),
        Block((Span(bill.title, "bold", 0),), size, least, above=14, leading=1.24, balanced=True),
    ]


def facts(bill, size):
    return [
        Block((Span(bill.when, "bold", 1),), size, least=30, above=32, balanced=True),
        Block((Span(bill.where, tone=2),), size, least=30, above=4, balanced=True),
    ]


def cast(bill, size, few):
    """A line for each guest while they are `few`, and one list of names when they are more."""
    if len(bill.guests) > few:
        names = " · ".join(name.replace(" ", NO_BREAK) for name, _ in bill.guests)
        return [Block((Span(names, tone=2),), size, least=28, above=32, balanced=True)]
    return [
        Block((Span(name, "bold", 1), Span(organization, tone=3)), size, least=28, above=0 if at else 32)
        for at, (name, organization) in enumerate(bill.guests)
    ]


def signature(bill, size):
    return [Block((Span(bill.community, "bold", 4), Span(_host(bill), tone=4)), size, least=24, above=20)]


def invitation(bill, size):
    return [
        Block((Span(bill.community, "bold", 1),), size, least=26),
        Block((Span(bill.call, tone=2),), size * 4 // 5, least=26, above=6, balanced=True),
        Block((Span(_host(bill), tone=3),), size * 4 // 5, least=24, above=6),
    ]


def _host(bill):
    return urlsplit(bill.url).hostname or ""


# What is drawn


def alert_band(canvas, text, box):
    """Draw a loud band that says `text` over `box` (left, top, right, bottom)."""
    left, top, right, bottom = box
    ImageDraw.Draw(canvas).rectangle((left, top, right - 1, bottom - 1), fill=ALERT)
    inset = 72 if right < canvas.width else 84
    words = Block((Span(text, "bold", 9),), size=(bottom - top) // 2, least=20)
    placed, height = compose([words], right - left - 2 * inset, bottom - top)
    letter(canvas, placed, (left + inset, (top + bottom - height) // 2), colours_of(ALERT))


def qr_image(url, most):
    """Return a black and white QR code with its quiet zone, at most `most` pixels square."""
    code = segno.make(url, error="m", micro=False)
    pixels = code.symbol_size(border=4)[0]
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(border=4)]
    image = Image.frombytes("L", (pixels, pixels), b"".join(rows))
    return image.resize((pixels * (most // pixels),) * 2, Image.Resampling.NEAREST)


def png(canvas):
    """Return the image as a PNG of few colours: flat tones and the edges between them are all there is."""
    packed = io.BytesIO()
    canvas.quantize(MOST_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG")
    return packed.getvalue()
