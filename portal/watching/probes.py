"""Who watches a machine asks for it by its own address and without TLS, not by the name that visitors know."""

from django.urls import resolve

PATHS = ("/healthz", "/readyz", "/metrics")
WITHOUT_TLS = [f"^{path.removeprefix('/')}$" for path in PATHS]


def answered(get_response):
    """Middleware, before whatever asks for the portal's own name: monitors are answered under any name.

    A container engine, a load balancer and Prometheus know a machine's address only; refused under it, each of them
    would take a machine that is well for a dead one.
    """

    def middleware(request):
        if request.path_info not in PATHS:
            return get_response(request)
        request.resolver_match = match = resolve(request.path_info)
        return match.func(request)

    return middleware
