"""How often a form may be sent: by one address, and from one network. Counted in the database, by keyed digests."""

import ipaddress
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.models import SignupAttempt
from portal.models.signups import normalise_email

WINDOW = timedelta(hours=1)
PER_ADDRESS = 5
# A whole dormitory may share one network address.
PER_NETWORK = 120


def marks_of(request, email):
    """Return the marks that a form is sent, to be saved with what it asks for: one of its address, one of its network.

    Whoever may leave out their address, and does, shares it with nobody. Returns None where either has sent too many
    in the past hour.
    """
    allowed = {_key("network", network_of(request)): PER_NETWORK}
    if email:
        allowed[_key("address", normalise_email(email))] = PER_ADDRESS
    recent = SignupAttempt.objects.filter(key__in=allowed, made_at__gt=timezone.now() - WINDOW)
    sent = Counter(recent.values_list("key", flat=True))  # never many more than the limits
    if any(sent[key] >= limit for key, limit in allowed.items()):
        return None
    return [SignupAttempt(key=key) for key in allowed]


def is_busy(request, kind, most):
    """Note that a network sends something of a kind; return whether it has sent more than `most` in the past hour."""
    return is_too_often(kind, network_of(request), most)


def is_too_often(kind, value, most):
    """Note that something of a kind happens to, or by, a value; return whether it had `most` times in the past hour."""
    key = _key(kind, value)
    is_over = SignupAttempt.objects.filter(key=key, made_at__gt=timezone.now() - WINDOW).count() >= most
    if not is_over:
        SignupAttempt.objects.create(key=key)
    return is_over


def network_of(request):
    """Return the visitor's network: the /24 of an IPv4 address, the /64 of an IPv6 one."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The proxy adds the last one; what stands before it, the visitor may have made up.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    # Whoever listens to both kinds is told 203.0.113.5 as ::ffff:203.0.113.5, and all of IPv4 is in one /64.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def _key(kind, value):
    return salted_hmac(f"portal.limits.{kind}", value, algorithm="sha256").hexdigest()[:40]
