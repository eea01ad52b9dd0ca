"""What monitors ask: is it alive, can it serve, how does it do."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from portal.watching import checks, metrics


@never_cache
def healthz(request):
    """Say that this process answers; it asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request):
    """Say whether this process can serve, and what it lacks; 503 where it cannot."""
    ready, told = checks.readiness()
    return JsonResponse(told, status=200 if ready else 503)


@never_cache
def metrics_page(request):
    """Hand the metrics to whoever has the token; to others there is no such page."""
    given = request.headers.get("Authorization", "")
    if not metrics.COUNTING or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404("no metrics here")
    content, content_type = metrics.exposition()
    return HttpResponse(content, content_type=content_type)
