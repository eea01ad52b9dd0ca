"""The signature of a message: HMAC-SHA256 over its id, its moment and its body."""

import base64
import hashlib
import hmac


def signature(secret, message_id, timestamp, body):
    """Return the value of `webhook-signature` for a body (bytes) sent at `timestamp`, in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def headers(secret, message_id, timestamp, body):
    """Return the headers that go with a body."""
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
