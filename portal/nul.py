"""The character NUL, which no text of ours holds and PostgreSQL refuses with an error, whatever is asked about it.

Fields of forms tell whoever sends it, by a check of Django's. In what views read without a form, it is read as
browsers read it: as U+FFFD, which stands for what cannot be known, and which nothing here is called by.
"""

NUL, UNKNOWN = "\x00", "\ufffd"


def nul_unknown(get_response):
    """Middleware: replace NUL in paths, queries and cookies, where no view, session or log has read them yet."""

    def answer(request):
        if NUL in request.path:
            request.path, request.path_info = (one.replace(NUL, UNKNOWN) for one in (request.path, request.path_info))
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD")
        if any(NUL in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value.replace(NUL, UNKNOWN) for name, value in request.COOKIES.items()}
        return get_response(request)

    return answer
