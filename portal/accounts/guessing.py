"""Who may try a password how often, counted in the database, so that all workers count the same tries.

Three rules, of which none lets a stranger lock somebody out of a place they work at, nor one guesser at a
school lock the school:

- one account from one network: `PER_PAIR` wrong passwords, then a quarter of an hour's rest for this pair;
- one account from everywhere: after `PER_ACCOUNT` in an hour, only networks in which the account has signed in
  before may go on (and they are under the first rule);
- one network, whatever the account: after `PER_NETWORK` in an hour, only accounts that have signed in there
  before may go on.

Passkeys and the provider of sign-ins have no password to guess and are not locked.
"""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.accounts.events import Kind, note
from portal.limits import network_of
from portal.locking import holding
from portal.models import AccountEvent

PAIR_WINDOW, PER_PAIR = timedelta(minutes=15), 5
WINDOW = timedelta(hours=1)
PER_ACCOUNT = 20
PER_NETWORK = 60


def attempt(request, login):
    """Note that a password is tried for a name; return the event, or None where there were too many.

    It is noted as refused before it is checked, so that many tries at once are counted as many;
    where it does fit, the caller deletes the event.
    """
    with transaction.atomic():
        user = account_called(login, lock=True)
        key = key_of(user, login)
        if not is_locked(key, user, network_of(request)):
            return note(request, user, Kind.REFUSED, key)
        told = AccountEvent.objects.filter(key=key, kind=Kind.LOCKED, made_at__gt=timezone.now() - PAIR_WINDOW)
        if not told.exists():
            note(request, user, Kind.LOCKED, key)
    return None


def is_locked(key, user, network):
    """Return whether one more try is one too many."""
    now = timezone.now()
    refused = AccountEvent.objects.filter(kind=Kind.REFUSED)
    of_pair = refused.filter(key=key, network=network, made_at__gt=now - PAIR_WINDOW)
    if of_pair.count() >= PER_PAIR:
        return True
    refused = refused.filter(made_at__gt=now - WINDOW)
    is_stormy = refused.filter(key=key).count() >= PER_ACCOUNT or refused.filter(network=network).count() >= PER_NETWORK
    return is_stormy and not is_familiar(user, network)


def is_familiar(user, network):
    """Return whether the account has signed in from the network before, as far as events are kept."""
    return user is not None and user.account_events.filter(kind=Kind.SIGNED_IN, network=network).exists()


def account_called(login, lock=False):
    """Return the account of a name or an address, or None. `lock` holds it, so that its tries come one by one."""
    accounts = holding(User.objects.all()) if lock else User.objects
    return accounts.filter(Q(username__iexact=login) | Q(email__iexact=login) & ~Q(email="")).order_by("pk").first()


def key_of(user, login):
    """Return under what tries are counted: the account, by whichever name it was tried, else the name."""
    counted = f"account {user.pk}" if user else f"name {login.strip().casefold()}"
    return salted_hmac("portal.accounts.guessing", counted, algorithm="sha256").hexdigest()[:40]
