"""Taking metadata out of AVIF and HEIF (ISO/IEC 23008-12) without touching a pixel.

Items lie in these files at offsets counted from the file's beginning, so nothing is
cut out: what is not part of a picture is overwritten where it lies, and the
file keeps its length. Turning and mirroring are properties of the picture there,
not EXIF, and stay. The film of an image sequence goes; its still remains.
"""

from portal.stripping import Damaged, Stripped

KEPT_IN_META = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"dinf", b"grpl"}
NOT_PICTURES = {b"Exif", b"mime", b"uri "}
# What says that there is a film, and what says that there is a still.
STILL_BRANDS = {b"avis": b"avif", b"msf1": b"mif1", b"hevc": b"heic", b"hevx": b"heix"}
EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"  # offset of the TIFF header, and a TIFF without tags


def strip_heif(data):
    """Return what `Stripped` holds of an AVIF or HEIF file; raises `Damaged`."""
    file, stores, meta = bytearray(data), [], {}
    for kind, box, start, end in _boxes(data, 0, len(data)):
        if kind == b"mdat":
            stores.append((start, end))
        elif kind == b"meta" and not meta:
            meta = _parts_of_meta(file, start + 4, end)
        elif kind == b"ftyp":
            brands = (data[at : min(at + 4, end)] for at in range(start, end, 4))
            file[start:end] = b"".join(STILL_BRANDS.get(brand, brand) for brand in brands)
        else:
            _blank(file, box, start, end)
    if not {b"iloc", b"iinf"} <= meta.keys():
        raise Damaged
    idat = meta.get(b"idat", (0, 0))
    kinds, places = _item_kinds(data, *meta[b"iinf"]), _item_places(data, *meta[b"iloc"], idat)
    pictures = [extent for item in kinds.keys() & places.keys() - _of_no_picture(kinds) for extent in places[item]]
    for store in [*stores, idat]:
        for start, end in _gaps(store, pictures):
            file[start:end] = bytes(end - start)
    exif = b""
    for item, kind in kinds.items():
        if kind == b"Exif" and places.get(item):
            exif = exif or _tiff(b"".join(data[start:end] for start, end in places[item]))
            start, end = places[item][0]
            if end - start >= len(EMPTY_EXIF):
                file[start : start + len(EMPTY_EXIF)] = EMPTY_EXIF
    return Stripped(bytes(file), exif)


def _of_no_picture(kinds):
    return {item for item, kind in kinds.items() if kind in NOT_PICTURES}


def _parts_of_meta(file, start, end):
    """Return where the content of each box in `meta` lies, and blank those that no picture needs."""
    parts = {}
    for kind, box, inner, inner_end in _boxes(file, start, end):
        if kind in KEPT_IN_META and kind not in parts:
            parts[kind] = (inner, inner_end)
        else:
            _blank(file, box, inner, inner_end)
    return parts


def _boxes(data, place, end):
    """Yield kind, where the box starts, where its content starts, and where both end."""
    while place < end:
        size, kind, head = int.from_bytes(data[place : place + 4]), bytes(data[place + 4 : place + 8]), 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16]), 16
        elif size == 0:
            size = end - place
        if size < head or place + size > end:
            raise Damaged
        yield kind, place, place + head, place + size
        place += size


def _blank(file, box, start, end):
    file[box + 4 : box + 8] = b"free"
    file[start:end] = bytes(end - start)


def _gaps(store, kept):
    """Yield the stretches of `store` that none of the `kept` extents covers."""
    place, store_end = store
    for start, end in sorted(kept):
        if start > place:
            yield place, min(start, store_end)
        place = max(place, end)
        if place >= store_end:
            return
    yield place, store_end


class _Numbers:
    """Reads big-endian numbers one after another, and nothing beyond `end`."""

    def __init__(self, data, place, end):
        self.data, self.place, self.end = data, place, end

    def __call__(self, size):
        self.place += size
        if self.place > self.end:
            raise Damaged
        return int.from_bytes(self.data[self.place - size : self.place])


def _item_kinds(data, start, end):
    """Return the four-letter kind of each item: `iinf`, ISO/IEC 14496-12, 8.11.6."""
    number, kinds = _Numbers(data, start, end), {}
    number(2 if number(4) >> 24 == 0 else 4)
    for kind, _, inner, inner_end in _boxes(data, number.place, end):
        entry = _Numbers(data, inner, inner_end)
        version = entry(4) >> 24
        if kind == b"infe" and version in (2, 3):
            item, _ = entry(2 if version == 2 else 4), entry(2)
            kinds[item] = entry(4).to_bytes(4)
    return kinds


def _item_places(data, start, end, idat):
    """Return the extents (start, end) in the file of each item: `iloc`, ISO/IEC 14496-12, 8.11.3."""
    number, places = _Numbers(data, start, end), {}
    version = number(4) >> 24
    sizes = number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        method = number(2) & 15 if version else 0
        number(2)  # which file: only ever this one
        base, extents = number(base_size), []
        for _ in range(number(2)):
            number(index_size if version else 0)
            at, length = base + number(offset_size), number(length_size)
            origin, limit = idat if method == 1 else (0, len(data))
            if method < 2:  # else it lies inside another item
                extents.append((origin + at, origin + at + length if length else limit))
        if any(stop > limit for _, stop in extents):
            raise Damaged
        places[item] = extents
    return places


def _tiff(item):
    """Return the TIFF in an Exif item, which begins with the distance to it."""
    return item[4 + int.from_bytes(item[:4]) :]
