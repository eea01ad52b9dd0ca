"""From whom more than a password is asked: from the groups that the community's settings name."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from portal.rights import ADMINISTRATOR, groups_of

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def asked_groups():
    """Return the set of names of the groups whose members need a second factor."""
    return set(Group.objects.filter(communities_that_ask__isnull=False).values_list("name", flat=True))


def is_required(user):
    """Return whether the account needs a second factor, by its groups of today. A superuser counts as administrator."""
    groups = groups_of(user) | {ADMINISTRATOR} if user.is_superuser else groups_of(user)
    return not groups.isdisjoint(asked_groups())


def has_one(user):
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def is_missing(user):
    """Return whether the account may do nothing before it has set up a second factor."""
    return is_required(user) and not has_one(user)
