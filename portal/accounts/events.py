"""Noting what happens to an account: signals of django-allauth in, rows and log lines out."""

import logging
from datetime import timedelta

from allauth.account import signals as of_accounts
from allauth.mfa import signals as of_factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as of_providers
from django.contrib.auth.signals import user_logged_in, user_logged_out

from portal.accounts import session_store, sessions
from portal.limits import network_of
from portal.models import AccountEvent

logger = logging.getLogger("portal.accounts")

Kind = AccountEvent.Kind
KEPT_FOR = timedelta(days=90)


def note(request, user, kind, key=""):
    """Write down one event, in the database and, by number and kind alone, in the log. Returns the row."""
    level = logging.WARNING if kind == Kind.LOCKED else logging.INFO
    logger.log(level, "account %s: %s", user.pk if user else "unknown", kind.name)
    agent = request.META.get("HTTP_USER_AGENT", "")[:200]
    return AccountEvent.objects.create(user=user, kind=kind, key=key, network=network_of(request), agent=agent)


def forgettable(now):
    """Return the events that have been kept for long enough."""
    return AccountEvent.objects.filter(made_at__lte=now - KEPT_FOR)


def watch():
    """Connect the receivers; called once, when the apps are ready."""
    for signal, kind in (
        (of_accounts.user_logged_in, Kind.SIGNED_IN),
        (of_accounts.password_changed, Kind.PASSWORD_CHANGED),
        (of_accounts.password_set, Kind.PASSWORD_CHANGED),
        (of_factors.authentication_failed, Kind.CODE_REFUSED),
        (of_factors.authenticator_removed, Kind.FACTOR_REMOVED),
    ):
        _note_when(signal, kind)
    user_logged_in.connect(session_store.note_begin, dispatch_uid="portal.accounts.begun")
    user_logged_out.connect(_signed_out, dispatch_uid="portal.accounts.out")
    of_accounts.password_reset.connect(_password_reset, dispatch_uid="portal.accounts.reset")
    of_factors.authenticator_added.connect(_factor_added, dispatch_uid="portal.accounts.factor")
    of_factors.authenticator_reset.connect(_codes_made, dispatch_uid="portal.accounts.codes")
    of_providers.social_account_added.connect(_connected, dispatch_uid="portal.accounts.connected")
    of_providers.social_account_removed.connect(_disconnected, dispatch_uid="portal.accounts.parted")


def _note_when(signal, kind):
    def receive(sender, request, user, **kwargs):
        note(request, user, kind)

    signal.connect(receive, weak=False, dispatch_uid=f"portal.accounts.{kind}")


def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        note(request, user, Kind.SIGNED_OUT)


def _password_reset(sender, request, user, **kwargs):
    """Whoever reads the mail of the account need not wait until the guesses of others are forgotten."""
    AccountEvent.objects.filter(user=user, kind=Kind.REFUSED).delete()
    note(request, user, Kind.PASSWORD_RESET)


def _factor_added(sender, request, user, authenticator, **kwargs):
    """What was opened with the password alone does not stay open."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(request, user, Kind.CODES_MADE)
        return
    note(request, user, Kind.FACTOR_ADDED)
    sessions.end_others(request, user)


def _codes_made(sender, request, user, **kwargs):
    note(request, user, Kind.CODES_MADE)


def _connected(sender, request, sociallogin, **kwargs):
    note(request, sociallogin.user, Kind.CONNECTED)


def _disconnected(sender, request, socialaccount, **kwargs):
    note(request, socialaccount.user, Kind.DISCONNECTED)
