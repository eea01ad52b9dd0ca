"""How a view says that its page is the same for everybody."""

from functools import wraps

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path, override

from portal.pagecache.known import next_change_at
from portal.pagecache.page import CACHE_CONTROL

# From the view to the front: until when the page may be kept, in seconds since 1970. It never leaves the process.
FRESH_UNTIL = "X-Fresh-Until"
# From the front to the view, in the request's META, where no visitor's header gets: that it asks on nobody's behalf.
NOBODYS = "portal.pagecache.nobodys"
# A visitor with one of these is somebody: an organizer, whose session has another name under https (see settings), or
# someone with a message waiting.
COOKIES_OF_SOMEBODY = ("sessionid", "__Host-sessionid", "messages")

# The query parameters that any public page reads. The front looks no further for a request that has others.
known_parameters = set()


def public_page(*parameters, caching=CACHE_CONTROL):
    """Mark a view whose answer depends on its address and the named query parameters alone.

    The answer is marked only where the front asks, on nobody's behalf, and
    where it is a 200 to a request without other parameters. `caching` is what
    browsers are told, somebody's that it is private; None where the view says it.
    """
    known_parameters.update(parameters)

    def decorate(view):
        @wraps(view)
        def marked(request, *args, **kwargs):
            # Asked before the view looks at the clock: what changes while it works must not be kept as it was.
            fresh_until = next_change_at() if NOBODYS in request.META else None
            response = _answer_of_address(view, request, *args, **kwargs)
            if response.status_code == 200 and not set(request.GET).difference(parameters):
                if fresh_until:
                    response[FRESH_UNTIL] = str(fresh_until)
                if caching:
                    response["Cache-Control"] = caching
                if caching and any(name in request.COOKIES for name in COOKIES_OF_SOMEBODY):
                    patch_cache_control(response, private=True)
            return response

        marked.public_parameters = frozenset(parameters)
        return marked

    return decorate


def _answer_of_address(view, request, *args, **kwargs):
    """Return the view's answer, in the language of its address, or in the site's own where the address has none.

    Without that, a list of addresses or a style sheet would be told to differ from reader to reader.
    """
    if get_language_from_path(request.path_info):
        return view(request, *args, **kwargs)
    with override(settings.LANGUAGE_CODE):
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):  # a TemplateResponse, which else waits for the middleware
            response.render()
    response.goes_by_its_address = True
    return response


def is_public(path, parameters):
    """Return whether an address with these query parameters is answered by a view that is marked."""
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            view = resolve(path).func
    except Resolver404:
        return False
    public = getattr(view, "public_parameters", None)
    return public is not None and public.issuperset(parameters)
