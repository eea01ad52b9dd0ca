"""A page before it is public."""

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.meta import Meta
from portal.pagecache.marking import FRESH_UNTIL
from portal.previews import LASTS, previewed_row, published_with
from portal.publishing import previewing


@never_cache
@require_safe
def preview(request, token):
    """Answer with the public page of a row, as if it were public already."""
    try:
        row = previewed_row(token)
    except signing.SignatureExpired:
        meta = Meta(title=_("This preview has ended"))
        return render(request, "portal/preview_ended.html", {"meta": meta, "days": LASTS.days}, status=410)
    except (signing.BadSignature, ObjectDoesNotExist) as error:
        raise Http404("no such preview") from error
    request.resolver_match = page = resolve(row.get_absolute_url())
    with previewing(published_with(row)):
        response = page.func(request, *page.args, **page.kwargs)
    response.headers.pop(FRESH_UNTIL, None)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.pop("Cache-Control", None)
    return response
