"""Draft, scheduled, published in the admin: seen in every list, changed one by one or many at once."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.admin.base import CuratedAdmin
from portal.admin.languages import LanguageGapFilter
from portal.scope import edits
from portal.webhooks.announcing import announce_if_public

LABELS = {"draft": _("draft"), "scheduled": _("scheduled"), "published": _("published")}


class PublicationFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return LABELS.items()

    def queryset(self, request, queryset):
        words = {"draft": queryset.drafts, "scheduled": queryset.scheduled, "published": queryset.published}
        return words[self.value()]() if self.value() in words else queryset


class PublishingAdmin(CuratedAdmin):
    """For rows with their own publication. `PUBLICATION` is the fieldset to put last."""

    PUBLICATION = (_("Publication"), {"fields": ["published_at"]})

    actions = ["publish", "unpublish"]
    list_filter = [PublicationFilter, LanguageGapFilter]

    @admin.display(description=_("state"), ordering="published_at")
    def publication_state(self, row):
        """The state as a mark, with the moment it is scheduled for."""
        state = row.publication
        moment = timezone.localtime(row.published_at).strftime(" %Y-%m-%d %H:%M") if state == "scheduled" else ""
        return format_html('<span class="state state-{}">{}{}</span>', state, LABELS[state], moment)

    @admin.action(description=_("Publish the selected now"), permissions=["change"])
    def publish(self, request, queryset):
        rows = self._whole_rows(request, queryset)
        for row in rows:
            if not row.is_published:
                row.publish(request.user)
                announce_if_public(row)
        self._say(request, ngettext("%(count)d item is public.", "%(count)d items are public.", len(rows)), rows)

    @admin.action(description=_("Make the selected drafts again"), permissions=["change"])
    def unpublish(self, request, queryset):
        rows = self._whole_rows(request, queryset)
        for row in rows:
            row.unpublish()
        self._say(request, ngettext("%(count)d item is a draft.", "%(count)d items are drafts.", len(rows)), rows)

    def _say(self, request, text, rows):
        self.message_user(request, text % {"count": len(rows)}, messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        if "_publish" in request.POST and (not change or edits(request, obj)):
            obj.published_at = timezone.now()
        if obj.published_at is None:
            obj.published_by = None
        elif "published_at" in form.changed_data or obj.published_by is None:
            obj.published_by = request.user
        super().save_model(request, obj, form, change)
        if "published_at" in form.changed_data or "_publish" in request.POST:
            announce_if_public(obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["can_publish"] = (obj is None or edits(request, obj)) and self.has_change_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)
