"""Answers to programs: lists, single rows, and the description of both; to GET alone, and for any site."""

import json
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from portal.api.catalogue import every
from portal.api.filters import PagingForm
from portal.files import digest
from portal.languages import HTML_LANG
from portal.linked_data import absolute
from portal.pagecache.marking import public_page

PER_PAGE = 50
METHODS = "GET, HEAD, OPTIONS"
# Whoever asks has no cookie here, so any site may show what any visitor may read.
FROM_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def api_view(*parameters):
    """Make a view, which returns what JSON can say, answer as the API does; `parameters` are those that it reads."""

    def decorate(view):
        @public_page(*parameters)
        @wraps(view)
        def answer(request, *args, **kwargs):
            with translation.override("en"):  # both languages are in the answer; sentences to programmers are English
                return _open(_respond(request, parameters, lambda: view(request, *args, **kwargs)))

        return answer

    return decorate


def _respond(request, parameters, make):
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": METHODS})
    if request.method not in ("GET", "HEAD"):
        return said({"error": f"Only {METHODS} are answered here."}, status=405, Allow=METHODS)
    unknown = sorted(set(request.GET).difference(parameters))
    if unknown:
        return said({"error": "There is no such parameter.", "parameters": dict.fromkeys(unknown, ["not known"])}, 400)
    try:
        found = make()
    except Http404:
        return said({"error": "There is nothing at this address."}, status=404)
    response = found if isinstance(found, HttpResponse) else said(found)
    if response.status_code != 200:
        return response
    response["ETag"] = quote_etag(digest(response.content))
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def said(whole, status=200, **headers):
    """Return the answer that says a thing in JSON."""
    content = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(content, status=status, content_type="application/json", headers=headers)


def _open(response):
    for name, value in FROM_ANYWHERE.items():
        response[name] = value
    response["Content-Language"] = ", ".join(HTML_LANG.values())
    return response


def list_view(resource):
    """Return the view of a list."""

    def answer(request):
        filters = resource.filters({name: request.GET[name] for name in request.GET}, resource.rows())
        paging = PagingForm(request.GET)
        wrong = {**filters.form.errors.get_json_data(), **paging.errors.get_json_data()}
        if wrong:
            told = {name: [one["message"] for one in errors] for name, errors in wrong.items()}
            return said({"error": "Some parameters make no sense.", "parameters": told}, status=400)
        paginator = Paginator(filters.qs, paging.cleaned_data["per_page"] or PER_PAGE)
        number = paging.cleaned_data["page"] or 1
        if number > paginator.num_pages:
            raise Http404("no such page")
        return _listed(request, resource, paginator.page(number))

    return api_view(*resource.parameters)(answer)


def _listed(request, resource, page):
    links = {
        "next": _page_address(request, page.next_page_number()) if page.has_next() else None,
        "previous": _page_address(request, page.previous_page_number()) if page.has_previous() else None,
    }
    response = said(
        {"count": page.paginator.count, **links, "results": [resource.written(row) for row in page.object_list]}
    )
    named = [f'<{url}>; rel="{"prev" if name == "previous" else name}"' for name, url in links.items() if url]
    if named:
        response["Link"] = ", ".join(named)
    return response


def _page_address(request, number):
    query = request.GET.copy()
    query["page"] = number
    return f"{absolute(request.path)}?{query.urlencode()}"


def one_view(resource):
    """Return the view of a single row."""

    def answer(request, key):
        row = resource.rows().filter(**{resource.key: key}).first() if key != 0 else None
        if row is None:
            raise Http404(f"no {resource.one}")
        return resource.written(row)

    return api_view()(answer)


@api_view()
def root(request):
    """Where everything is."""
    lists = {name: absolute(reverse(f"api-{name}")) for name in every()}
    documentation = {}
    for code in HTML_LANG:
        with translation.override(code):
            documentation[code] = absolute(reverse("api-page"))
    return {"lists": lists, "openapi": absolute(reverse("api-description")), "documentation": documentation}


@api_view()
def nothing(request, rest):
    raise Http404(rest)
