"""Links for people without an account: signed, and revocable one by one.

A token names a sign-up and the version of its link: `r.2n9c.1.<signature>`.
The signature keeps it from being made up or altered and survives a rotation of
SECRET_KEY through SECRET_KEY_FALLBACKS; raising `link_version` on the row ends
every link handed out before.
"""

from django.core import signing
from django.http import Http404
from django.utils.http import base36_to_int, int_to_base36

SALT = "portal.tokens"

_kinds = {}


class NotWhole(Http404):
    """A token that is none of ours: altered, cut off on its way, or signed with a key that is given up."""


class Ended(Http404):
    """A token of ours that leads nowhere any more. Whether its sign-up is still there, nobody is told."""


def register(kind, model):
    """Name the model of sign-ups that tokens of a kind lead to; `kind` is one letter."""
    if _kinds.setdefault(kind, model) is not model:
        raise ValueError(f"tokens of kind {kind} lead to {_kinds[kind].__name__} already")


def make(signup):
    """Return the token of the sign-up's current link."""
    payload = stem(signup) + int_to_base36(signup.link_version)
    return signing.Signer(salt=SALT, sep=".").sign(payload)


def read(token):
    """Return the sign-up that a token leads to.

    Raises NotWhole for a token that is altered or made up; Ended for one that is
    revoked or whose sign-up has been erased: the same answer for both.
    """
    try:
        kind, key, version = signing.Signer(salt=SALT, sep=".").unsign(token).split(".")
        model, pk, version = _kinds[kind], base36_to_int(key), base36_to_int(version)
    except (signing.BadSignature, ValueError, KeyError) as problem:
        raise NotWhole from problem
    signup = model.objects.filter(pk=pk, link_version=version, erased_at=None).first()
    if signup is None:
        raise Ended
    return signup.survivor


def stem(signup):
    """Return how every token of a sign-up begins, whatever the version of its link: `v.2n9c.`"""
    return f"{signup.TOKEN_KIND}.{int_to_base36(signup.pk)}."
