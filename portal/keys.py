"""Keys of rows as addresses and forms bring them."""

LONGEST = 18  # digits that any database takes for a whole number


def key_in(text):
    """Return the key that a text says, or None: what is no number, or longer than any key, is nobody's."""
    text = text or ""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None


def keys_in(texts):
    """Return the list of keys that texts say, without those that say none."""
    return [key for key in map(key_in, texts) if key is not None]
