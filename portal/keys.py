"""Keys of rows as addresses and forms bring them."""

from django.urls import register_converter

LONGEST = 18  # digits that any database takes for a whole number


class KeyConverter:
    """`<key:pk>` in a route: a longer number is no address, where a database might refuse to be asked for it."""

    regex = f"[0-9]{{1,{LONGEST}}}"

    def to_python(self, text):
        return int(text)

    def to_url(self, key):
        return str(key)


def register():
    """Make `<key:…>` known to routes; once, before any of them is read."""
    register_converter(KeyConverter, "key")


def key_in(text):
    """Return the key that a text says, or None: what is no number, or longer than any key, is nobody's."""
    text = text or ""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None


def keys_in(texts):
    """Return the list of keys that texts say, without those that say none."""
    return [key for key in map(key_in, texts) if key is not None]
