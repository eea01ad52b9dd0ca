"""A draft as it will look, for whoever holds the link: signed, expiring, without an account."""

from datetime import timedelta

from django.apps import apps
from django.core import signing
from django.urls import reverse

from portal.publishing import Publishable

LASTS = timedelta(days=7)
SALT = "portal.previews"


def preview_path(row):
    """Return the path of the row's preview in the active language; it works for seven days."""
    token = signing.dumps([row._meta.label_lower, row.pk], salt=SALT, compress=True)
    return reverse("preview", args=[token])


def previewed_row(token):
    """Return the row of a preview's token.

    Raises `signing.SignatureExpired` for an old link, `signing.BadSignature` for
    one that never was, and the model's DoesNotExist where the row is gone.
    """
    label, pk = signing.loads(token, salt=SALT, max_age=LASTS)
    return apps.get_model(label)._default_manager.get(pk=pk)


def published_with(row):
    """Return the row whose publication decides over this one: itself or a parent; None where none has one."""
    while row is not None and not isinstance(row, Publishable):
        row = getattr(row, getattr(row, "PARENT", ""), None)
    return row
