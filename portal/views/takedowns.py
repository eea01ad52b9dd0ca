"""“Please take this photo down”: a page of its own for each photo, without an account, never kept."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.albums import find_album, find_in_album, to_photos
from portal.context import community_of
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way
from portal.models import Photo
from portal.takedown_forms import TakedownForm
from portal.takedowns import ask_for


@never_cache
def ask(request, album, photo):
    row = find_album(album)
    found = find_in_album(row, photo)
    form = TakedownForm(request.POST or None, request=request)
    if form.is_valid():
        try:
            with form.noted():
                ask_for(found.photo, language=get_language(), **form.cleaned_data)
        except Photo.DoesNotExist:  # deleted since it was found
            return _answered(request, is_gone=True, status=410)
        return redirect("takedown-asked")
    title = _("Take this photo down")
    to_album = Crumb(row.title, row.get_absolute_url(), fallback_lang(row, "title"))
    meta = Meta(title=title, crumbs=way(to_photos(), to_album, Crumb(title)), is_indexed=False)
    at_once = community_of(request).takedown_hides_at_once
    context = {"meta": meta, "photo": found.photo, "form": form, "at_once": at_once}
    return render(request, "portal/takedown.html", context)


@never_cache
def asked(request):
    return _answered(request)


def _answered(request, is_gone=False, status=200):
    title = _("Thank you")
    context = {
        "meta": Meta(title=title, crumbs=way(to_photos(), Crumb(title)), is_indexed=False),
        "at_once": community_of(request).takedown_hides_at_once,
        "is_gone": is_gone,
    }
    return render(request, "portal/takedown_asked.html", context, status=status)
