"""What the owner of a kind of sign-up hands to the pages behind its links.

A wing registers one `Kind` for each of its sign-ups; `/<lang>/my/<token>/...`
asks it for what is the kind's own, and does the rest: confirm, status, edit,
withdraw and undo, the calendar, my data, delete me.
"""

from django.http import Http404

from portal import tokens

_kinds = {}


class Kind:
    """The sockets of a kind of sign-up. Verbs raise `portal.refused.Refused` or `IllegalMove`, which is told."""

    # The page of a confirmed sign-up, and the form of its answers.
    status_template = ""
    edit_template = ""
    # Name in the address -> method that takes the sign-up and the posted data, and may return a sentence to show.
    verbs = {}

    def title(self, signup):
        """Return what was signed up for, in words."""
        raise NotImplementedError

    def confirm(self, signup):
        raise NotImplementedError

    def status(self, signup):
        """Return the context of the status page."""
        raise NotImplementedError

    def edit_form(self, signup, data=None):
        """Return the form of the answers; its `save()` changes them. None where nothing can be changed any more."""
        raise NotImplementedError

    def data(self, signup):
        """Return everything that is stored about the person, as plain values for JSON."""
        raise NotImplementedError

    def kept_in_public(self, signup):
        """Return sentences on what is public and goes too with "delete me"."""
        return []

    def delete(self, signup):
        raise NotImplementedError

    def calendar(self, signup):
        """Return the list of `portal.calendars.Entry` of what the person takes part in."""
        return []


def register(model, kind):
    """Name the owner of a model's sign-ups, and let tokens of its kind lead there."""
    tokens.register(model.TOKEN_KIND, model)
    _kinds[model] = kind


def find(token):
    """Return (sign-up, its Kind) that a token leads to; raises Http404."""
    signup = tokens.read(token)
    if type(signup) not in _kinds:
        raise Http404("no such link")
    return signup, _kinds[type(signup)]
