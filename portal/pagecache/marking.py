"""How a view says that its page is the same for everybody."""

from functools import wraps

from django.utils.cache import patch_cache_control

from portal.pagecache.moments import next_change

# From the view to the front: until when the page may be kept, in seconds since 1970. It never leaves the process.
FRESH_UNTIL = "X-Fresh-Until"

# The query parameters that any public page reads. The front looks no further for a request that has others.
known_parameters = set()


def public_page(*parameters):
    """Mark a view whose page depends on its address and the named query parameters alone.

    The response is marked only where it can be kept: a 200 to a request
    without other parameters, that sets no cookie and bears no mark of a
    session. Everything else passes through untouched.
    """
    known_parameters.update(parameters)

    def decorate(view):
        @wraps(view)
        def marked(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and set(request.GET).issubset(parameters):
                response[FRESH_UNTIL] = str(next_change().timestamp())
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            return response

        return marked

    return decorate
