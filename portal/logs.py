"""What must not stand in a log: who somebody is, and links that open something for whoever holds them."""

import logging
import re

from pythonjsonlogger.json import JsonFormatter

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# /my/<token>/, /preview/<token>/, the link of a new password. The word before tells what it was.
ACCOUNT_LINK = re.compile(r"(/(?:password/reset/key|invitations?)/)[^/\s\"'?]+")
LINK = re.compile(r"(/(?:my|preview|password/reset/key|invitations?)/)(?!sent/)[^/\s\"'?]+")
# A signed token wherever it stands: kind, key, version and signature, by dots.
TOKEN = re.compile(r"\b[a-z]\.[0-9a-z]+\.[0-9a-z]+\.[\w-]{20,}")

_formatter = logging.Formatter()


def without_names(text):
    """Return a text without addresses of people and without what opens a door."""
    return TOKEN.sub("[token]", LINK.sub(r"\1[token]", ADDRESS.sub("[address]", text)))


def without_account_links(text):
    """Return a text without the links that open an account: of a new password, of an invitation."""
    return ACCOUNT_LINK.sub(r"\1[…]", text)


class Private(logging.Filter):
    """Takes addresses and secret links out of whatever is logged, tracebacks too; nothing is dropped."""

    def filter(self, record):
        record.msg, record.args = without_names(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = without_names(_formatter.formatException(record.exc_info))
        return True


class PrivateJson(JsonFormatter):
    """One JSON object a line, cleaned as a whole: the request that Django attaches says its address once more."""

    def format(self, record):
        return without_names(super().format(record))
