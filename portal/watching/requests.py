"""Every request that reaches Django has an id, a line in the log and, where they are wanted, a place in the metrics."""

import logging
import re
import time
import uuid

from django.conf import settings

from portal.pagecache.marking import NOBODYS
from portal.watching import metrics
from portal.watching.ids import request_id

logger = logging.getLogger("portal.requests")

HEADER = "X-Request-ID"
PLAUSIBLE = re.compile(r"[\w.:/+=-]{8,128}")


def watched(get_response):
    """Middleware, the outermost: the id goes into every log line and into the answer.

    An answer that is kept for everybody bears no id. The log names the route of a page and not its address,
    in which a link of somebody's own may stand.
    """

    def middleware(request):
        token = request_id.set(_id_of(request))
        began = time.perf_counter()
        try:
            response = get_response(request)
            seconds = time.perf_counter() - began
            route = request.resolver_match.route if request.resolver_match else "(none)"
            logger.info(
                "%s %s %s %.0f ms",
                *(request.method, route, response.status_code, seconds * 1000),
                extra={"method": request.method, "route": route, "status": response.status_code, "seconds": seconds},
            )
            metrics.note_request(request.method, route, response.status_code, seconds)
            if NOBODYS not in request.META:
                response[HEADER] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    return middleware


def _id_of(request):
    """Return the id that a proxy of ours gave the request, or a new one: a visitor may not choose it."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if PLAUSIBLE.fullmatch(given) else uuid.uuid4().hex
