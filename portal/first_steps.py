"""What a newly installed community does first, on the organizers' start page until something of it is public."""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import wings
from portal.admin_addresses import admin_url
from portal.models import Community, Occasion, Page, PrivacyNotice


class Step(NamedTuple):
    """A kind of row of which the first is to be made; a wing hands such over, in the order in which to make them."""

    label: str
    model: type[Model]


class Shown(NamedTuple):
    label: str
    is_done: bool
    url: str


def of_user(site, user):
    """Return the steps as `Shown`; none once a conference or meetup is public, nor for who cannot take them."""
    if not user.has_perm("portal.change_community") or Occasion.objects.published().exists():
        return []
    shown = [Shown(step.label, *_standing(site, step.model)) for step in _steps()]
    invited = User.objects.exclude(pk=user.pk).exists()
    return [
        *shown,
        Shown(_("Invite the people who organize with you"), invited, reverse(f"{site.name}:auth_user_invite")),
    ]


def _steps():
    yield Step(_("Say who you are: name, logo, colour, contact, and your word for a chapter"), Community)
    yield Step(_("Write the privacy notice that people read before they sign up"), PrivacyNotice)
    yield Step(_("Write the pages of the footer: who you are, your code of conduct"), Page)
    for wing in wings.every():
        yield from wing.first_steps()


def _standing(site, model):
    """Return whether there is one, and the address of the list, or else of the form for the first."""
    is_done = model.objects.exists()
    return is_done, admin_url(site, model, "changelist" if is_done else "add")
