"""Albums, and their photos one by one; many at once are put up and described on the album's page of photos."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal import images
from portal.admin import album_photos, takedowns, uploading
from portal.admin.languages import both
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin
from portal.admin.publishing import PublishingAdmin
from portal.models import Album, Photo
from portal.views.media import stored_file

LOOK = 640  # pixels of the longer side


@admin.register(Album)
class AlbumAdmin(PublishingAdmin):
    """Beside the form stands the page where its photos are put up and described."""

    change_form_template = "admin/portal/album/change_form.html"
    change_list_template = "admin/portal/album/change_list.html"
    list_display = ["__str__", "occasion", "taken_on", "photos_link", "publication_state"]
    column_permissions = {"photos_link": "portal.add_photo"}
    list_select_related = ["occasion"]
    search_fields = [*both("title", "occasion__title"), "slug"]
    date_hierarchy = "taken_on"
    autocomplete_fields = ["occasion", "photographer"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "occasion", "taken_on", "summary"]}),
        (_("Credit"), {"fields": ["photographer", "credit", "licence", "source_url"]}),
        PublishingAdmin.PUBLICATION,
    ]

    def get_queryset(self, request):
        held = Photo.objects.filter(album=OuterRef("pk")).order_by().values("album").annotate(count=Count("pk"))
        return super().get_queryset(request).annotate(held=Coalesce(Subquery(held.values("count")), 0))

    @admin.display(description=_("photos"))
    def photos_link(self, album):
        return format_html('<a href="{}">{}</a>', reverse("admin:portal_album_photos", args=[album.pk]), album.held)

    def get_urls(self):
        return [
            path("takedowns/", self.admin_site.admin_view(takedowns.requests), name="portal_takedowns"),
            path("<key:album>/photos/", self._of_album(album_photos.photos), name="portal_album_photos"),
            path("<key:album>/photos/upload/", self._of_album(uploading.upload), name="portal_album_upload"),
            path("<key:album>/photos/known/", self._of_album(uploading.known), name="portal_album_known"),
            *super().get_urls(),
        ]

    def _of_album(self, view):
        """Return the admin's view of an album that the user may edit as such: 404 for one out of scope."""

        def scoped(request, album):
            row = get_object_or_404(Album.objects.editable_by(request.user).select_related("occasion"), pk=album)
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            return view(request, row)

        return self.admin_site.admin_view(scoped)


@admin.register(Photo)
class PhotoAdmin(Ordered, OwnedAdmin):
    """One photo's words. Its file came by the album's page and stays; another file is another photo."""

    list_display = ["thumbnail", "__str__", "parent_link", "photographer", "taken_at", "position"]
    list_display_links = ["thumbnail", "__str__"]
    list_select_related = ["photographer"]
    search_fields = [*both("caption", "alt", "album__title")]
    autocomplete_fields = ["photographer", "people"]
    readonly_fields = ["preview"]
    fieldsets = [
        (None, {"fields": ["preview", "caption", "alt", "people"]}),
        (_("Credit"), {"fields": ["photographer", "credit", "licence", "source_url", "taken_at", "position"]}),
    ]

    def has_add_permission(self, request):
        """A photo without a file is nothing to add."""
        return False

    @admin.display(description=_("photo"))
    def thumbnail(self, photo):
        return format_html('<img class="thumbnail" src="{}" alt="">', photo.thumbnail_url) if photo.key else "–"

    @admin.display(description=_("photo"))
    def preview(self, photo):
        if not photo.image:
            return "–"
        shown = photo.rendition_url(LOOK) if photo.key else reverse("admin:portal_photo_look", args=[photo.pk])
        original = reverse("admin:portal_photo_original", args=[photo.pk])
        return format_html(
            '<img class="preview" src="{}" alt=""><br>{} <a href="{}">{}</a>',
            *(shown, _("hidden") if photo.hidden_at else "", original, _("Download the original")),
        )

    def get_urls(self):
        original, look = map(self.admin_site.admin_view, (self.original, self.look))
        return [
            path("<key:photo>/original/", original, name="portal_photo_original"),
            path("<key:photo>/look/", look, name="portal_photo_look"),
            *super().get_urls(),
        ]

    def look(self, request, photo):
        """Show a photo to who decides about it: one that is hidden has no rendition, and gets none by this."""
        row = get_object_or_404(Photo.objects.editable_by(request.user).exclude(image=""), pk=photo)
        try:
            with row.image.open() as file:
                return HttpResponse(images.preview(file, LOOK), "image/webp")
        except FileNotFoundError:
            raise Http404("it lacks its original") from None

    def original(self, request, photo):
        row = get_object_or_404(Photo.objects.editable_by(request.user).exclude(image=""), pk=photo)
        name = row.image.name.rpartition("/")[2]
        return stored_file(row.image.open(), row.image.name, "no-store", saved_as=name)
