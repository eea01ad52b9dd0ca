"""Where an account is signed in, and ending that."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def sessions_of(user):
    """Return the account's sessions that can still be used, the latest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at")


def end(sessions):
    """End sessions at once, wherever they are open; return how many."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.filter(session_key__in=keys).delete()
    return len(keys)


def end_others(request, user):
    """End every session of an account but the one of the request; return how many."""
    return end(UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key))


def left_over(now):
    """Return (sessions that ran out, notes about sessions that are gone)."""
    expired = Session.objects.filter(expire_date__lte=now)
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return expired, UserSession.objects.exclude(session_key__in=alive)
