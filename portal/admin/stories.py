"""Articles and standing pages."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.admin.languages import both
from portal.admin.leftovers import ShowsLeftovers
from portal.admin.ordering import Ordered
from portal.admin.publishing import PublishingAdmin
from portal.models import Article, Page


@admin.register(Article)
class ArticleAdmin(ShowsLeftovers, PublishingAdmin):
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

    def get_changeform_initial_data(self, request):
        return {"dated": timezone.localdate(), **super().get_changeform_initial_data(request)}


@admin.register(Page)
class PageAdmin(Ordered, PublishingAdmin):
    list_display = ["__str__", "slug", "in_footer", "publication_state", "position"]
    list_editable = ["in_footer", "position"]
    search_fields = [*both("title"), "slug"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", ("in_footer", "position")]}),
        (_("Text"), {"fields": ["body"]}),
        PublishingAdmin.PUBLICATION,
    ]
