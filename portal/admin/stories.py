"""Articles and standing pages, albums and their photos."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.admin.languages import both
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin
from portal.admin.publishing import PublishingAdmin
from portal.models import Album, Article, Page, Photo


@admin.register(Article)
class ArticleAdmin(PublishingAdmin):
    list_display = ["__str__", "kind", "dated", "publication_state"]
    list_filter = ["kind", *PublishingAdmin.list_filter]
    search_fields = [*both("title", "summary", "byline"), "slug"]
    date_hierarchy = "dated"
    autocomplete_fields = ["authors", "occasions"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", ("kind", "dated"), "summary"]}),
        (_("Text"), {"fields": ["body"]}),
        (_("Who and what"), {"fields": ["byline", "authors", "occasions", "source_url"]}),
        (_("Cover"), {"fields": ["cover", "cover_alt"]}),
        PublishingAdmin.PUBLICATION,
    ]


@admin.register(Page)
class PageAdmin(Ordered, PublishingAdmin):
    list_display = ["__str__", "slug", "in_footer", "publication_state", "position"]
    search_fields = [*both("title"), "slug"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", ("in_footer", "position")]}),
        (_("Text"), {"fields": ["body"]}),
        PublishingAdmin.PUBLICATION,
    ]


@admin.register(Album)
class AlbumAdmin(PublishingAdmin):
    list_display = ["__str__", "occasion", "taken_on", "publication_state"]
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


@admin.register(Photo)
class PhotoAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "parent_link", "photographer", "taken_at", "position"]
    list_select_related = ["photographer"]
    search_fields = [*both("caption", "alt", "album__title")]
    autocomplete_fields = ["photographer", "people"]
    fieldsets = [
        (None, {"fields": ["image", "caption", "alt", "people"]}),
        (_("Credit"), {"fields": ["photographer", "credit", "licence", "source_url", "taken_at", "position"]}),
    ]
