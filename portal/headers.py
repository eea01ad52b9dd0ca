"""Headers that no package of ours sets, put on every answer that Django gives."""

from django.utils.cache import add_never_cache_headers

ORGANIZERS = "/admin/"


def safe_headers(get_response):
    """Middleware: pages are for no other site's memory, and what organizers see is for no cache.

    An answer that `goes_by_its_address` has no language prefix and yet is the same in every reader's language.
    `Cross-Origin-Resource-Policy` is for pages alone: pictures, calendars and feeds are meant to be shown elsewhere.
    """

    def answer(request):
        response = get_response(request)
        if getattr(response, "goes_by_its_address", False):
            _leave_out_language(response)
        is_organizers = request.path.startswith(ORGANIZERS)
        if is_organizers or response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_organizers:
            add_never_cache_headers(response)
        return response

    return answer


def _leave_out_language(response):
    """Take back what LocaleMiddleware says of an answer without a language in its address."""
    varies = [name.strip() for name in response.get("Vary", "").split(",")]
    rest = [name for name in varies if name and name.lower() != "accept-language"]
    del response["Vary"]
    if rest:
        response["Vary"] = ", ".join(rest)
