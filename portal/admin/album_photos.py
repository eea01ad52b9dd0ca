"""The page of an album's photos: putting up, and saying of many at once what, who and whose they are."""

from contextlib import suppress

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modeltranslation.utils import build_localized_fieldname

from portal.admin.chosen import SomeRows
from portal.admin.widgets import Typeahead, TypeaheadMultiple
from portal.binning import put_together_into_bin
from portal.images import MOST_BYTES
from portal.keys import keys_in
from portal.languages import CODES
from portal.locking import locked
from portal.models import Album, Photo, Takedown
from portal.models.albums import Licence
from portal.paging import paged
from portal.photos import AlreadyThere, describe, hide, order_by_time, show_again
from portal.scope import choices_for
from portal.webhooks.announcing import announce_if_public

PER_PAGE = 200


class DescribeForm(forms.Form):
    """What is to be the same for all ticked photos; what is left empty stays as it is."""

    caption_zh_hans = forms.CharField(label=gettext_lazy("Caption · 中文"), required=False, max_length=300)
    caption_en = forms.CharField(label=gettext_lazy("Caption · English"), required=False, max_length=300)
    people = SomeRows(None, label=gettext_lazy("People to add"), required=False)
    photographer = forms.ModelChoiceField(None, label=gettext_lazy("Photographer"), required=False)
    credit = forms.CharField(label=gettext_lazy("Credit"), required=False, max_length=200)
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), required=False)
    album = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Move to the album"),
        required=False,
        help_text=gettext_lazy("Another album of the same occasion: that of a forum, for example."),
    )

    def __init__(self, *args, user, album, **kwargs):
        super().__init__(*args, **kwargs)
        for name, widget in (("people", TypeaheadMultiple), ("photographer", Typeahead)):
            field = Photo._meta.get_field(name)
            self.fields[name].widget = widget(field, admin.site)
            self.fields[name].queryset = choices_for(field, user)
        self.fields["licence"].choices = [("", "–"), *(choice for choice in Licence.choices if choice[0])]
        others = Album.objects.editable_by(user).exclude(pk=album.pk)
        self.fields["album"].queryset = others.filter(occasion=album.occasion) if album.occasion_id else others.none()

    def clean(self):
        """Leave only what was said."""
        said = {name: value for name, value in super().clean().items() if value}
        if "credit" in said:
            credit = said.pop("credit")
            said |= {build_localized_fieldname("credit", code): credit for code in CODES}
        return said


def photos(request, album):
    """Show the photos with a form for those that are ticked; do what it says."""
    form = DescribeForm(request.POST or None, user=request.user, album=album)
    if request.method == "POST" and form.is_valid():
        ticked = list(album.photos.filter(pk__in=keys_in(request.POST.getlist("photo"))).select_related("album"))
        if request.POST.get("do") == "delete" and ticked:
            return _delete(request, album, ticked)
        told = _do(request.POST.get("do"), request.user, album, ticked, form.cleaned_data)
        messages.success(request, told)
        return redirect(request.get_full_path())
    part = paged(request, album.photos.select_related("album"), PER_PAGE)
    context = {
        **admin.site.each_context(request),
        "opts": Album._meta,
        "original": album,
        "title": _("Photos: %(album)s") % {"album": album},
        "form": form,
        "media": form.media,
        "page": part.page,
        "most_bytes": MOST_BYTES,
        "requests": Takedown.objects.open().filter(album=album).count(),
        "in_the_making": sum(photo.is_in_the_making for photo in part.page),
        "unreadable": sum(photo.unreadable_since is not None for photo in part.page),
    }
    return render(request, "admin/portal/album/photos.html", context)


def _delete(request, album, ticked):
    """Ask first, with what is ticked; then put it into the bin, from where it comes back together."""
    if "sure" in request.POST:
        words = ngettext("%(count)d photo: %(album)s", "%(count)d photos: %(album)s", len(ticked))
        put_together_into_bin(ticked, words % {"count": len(ticked), "album": album}, request.user)
        told = ngettext("%(count)d photo is in the bin.", "%(count)d photos are in the bin.", len(ticked))
        messages.success(request, told % {"count": len(ticked)})
        return redirect(request.get_full_path())
    context = {
        **admin.site.each_context(request),
        "opts": Album._meta,
        "original": album,
        "title": _("Delete photos: %(album)s") % {"album": album},
        "ticked": ticked,
    }
    return render(request, "admin/portal/album/delete.html", context)


def _do(verb, user, album, ticked, said):
    """Do what a button says with the album or its ticked photos, and return what to tell."""
    if verb == "order":
        order_by_time(album)
        return _("The photos are in the order in which they were taken.")
    if verb == "publish":
        if not album.is_published:
            album.publish(user)
            announce_if_public(album)
        return _("The album is public.")
    if verb == "cover" and ticked:
        with locked(album) as album:
            album.cover = ticked[0]
            album.save()
        return _("The album has a new cover.")
    doing = {"describe": lambda photo: describe(photo, **said), "hide": hide, "show": show_again}
    if verb not in doing or not ticked:
        return _("Nothing was ticked, so nothing was changed.")
    done = 0
    for photo in ticked:
        with suppress(Photo.DoesNotExist):  # somebody deleted it since
            try:
                doing[verb](photo)
            except AlreadyThere:
                return _("“%(photo)s” is in that album already; the ones before it are done.") % {"photo": photo}
            done += 1
    return ngettext("%(count)d photo: done.", "%(count)d photos: done.", done) % {"count": done}
