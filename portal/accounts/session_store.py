"""Sessions that end where nobody uses them: Django's store, whose rows hold for a while after the last request."""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

BEGUN = "begun"  # the key in a session that says when its account signed in, in seconds since 1970
OFTEN = 50  # times at most is a session in use written down in the while for which it holds


def note_begin(sender, request, **kwargs):
    """Receive that an account has signed in."""
    request.session[BEGUN] = int(time.time())


def _idle():
    return timedelta(hours=settings.SESSION_IDLE_HOURS)


class SessionStore(DatabaseStore):
    """Holds for `SESSION_IDLE_HOURS` after the last request, and for `SESSION_COOKIE_AGE` after the sign-in at most."""

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.expire_date = self._until(data)
        return row

    def load(self):
        row = self._get_session_from_db()
        if row is None:
            return {}
        data = self.decode(row.session_data)
        until = self._until(data)
        if BEGUN in data and until - row.expire_date >= _idle() / OFTEN:
            # The column alone, since another request of the same browser may be writing what the session holds.
            Session.objects.filter(pk=row.pk).update(expire_date=until)
        return data

    def _until(self, data):
        unused = timezone.now() + _idle()
        if BEGUN not in data:
            return unused
        return min(unused, datetime.fromtimestamp(data[BEGUN] + settings.SESSION_COOKIE_AGE, UTC))
