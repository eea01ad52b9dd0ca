"""Bare inserts: the portal's settings, middleware and database, and views that do nothing else.

`/` writes one row. `/rows` writes what a sign-up writes, and reads nothing, checks nothing and puts no mail into words:
how near to one row a sign-up could come that is stored in full.
"""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()

from django.db import transaction  # noqa: E402 - once Django is set up
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402
from post_office.models import STATUS, Email  # noqa: E402

from portal.models import Desk, Registration, RegistrationConsent, SignupAttempt  # noqa: E402
from portal.models.signups import Consent  # noqa: E402


@csrf_exempt
def insert(request):
    SignupAttempt.objects.create(key="bench")
    return done()


@csrf_exempt
def insert_all(request):
    """Two marks for the limits, the registration, its consent and its mail, which stand or fall together."""
    with transaction.atomic():
        SignupAttempt.objects.bulk_create(SignupAttempt(key=key) for key in ("address", "network"))
        # Without an address, of which there may be one of each.
        guest = Registration.objects.create(desk_id=_desk(), name="Guest", language="en", state="unconfirmed")
        RegistrationConsent.objects.create(registration=guest, purpose=Consent.Purpose.RUN)
        Email.objects.bulk_create([Email(to=["guest@example.org"], subject="s", message="m", status=STATUS.queued)])
    return done()


def _desk():
    if not hasattr(_desk, "known"):
        _desk.known = Desk.objects.order_by("pk").values_list("pk", flat=True)[0]
    return _desk.known


def done(request=None):
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("", insert), path("rows", insert_all), path("healthz", done)]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
