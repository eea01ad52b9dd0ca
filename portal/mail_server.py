"""Where mail goes out, and how it is kept from others on the way there."""

from urllib.parse import unquote, urlsplit

# Each with the port that goes without saying; `smtp+tls` begins in the open and turns to TLS before it says anything.
PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
SECONDS = 30  # for one word of the server; by default a silent one would hold up all mail for ever


class BadMailServer(ValueError):
    """EMAIL_URL cannot be read."""


def settings_of(address):
    """Return Django's settings for an address such as `smtp+tls://user:password@host:587`.

    Raises `BadMailServer`, for other schemes too: what is not understood must not send a password in the open.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that is not closed
        parts = None
    if parts is None or parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise BadMailServer(
            "EMAIL_URL is not of the form smtp://host, smtp+tls://user:password@host or smtp+ssl://user:password@host"
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": SECONDS,
    }
