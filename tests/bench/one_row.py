"""A bare insert of one row: the portal's settings, middleware and database, and a view that does nothing else."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()

from django.http import HttpResponse  # noqa: E402 - once Django is set up
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from portal.models import SignupAttempt  # noqa: E402


@csrf_exempt
def insert(request):
    SignupAttempt.objects.create(key="bench")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("", insert), path("healthz", insert)]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
