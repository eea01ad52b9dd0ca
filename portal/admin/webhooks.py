"""Webhooks of the organizers, and what each was told."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.admin.scoped import ScopedAdmin
from portal.models import Delivery, Webhook
from portal.webhooks.sending import send_again


class _Own:
    """Only what is one's own: a webhook has no texts, so a translator has no business with it."""

    def get_queryset(self, request):
        return self.model.objects.editable_by(request.user)


@admin.register(Webhook)
class WebhookAdmin(_Own, ScopedAdmin, admin.ModelAdmin):
    list_display = ["name", "url", "is_on", "failing_since"]
    readonly_fields = ["secret", "failing_since"]
    fieldsets = [
        (None, {"fields": ["name", "url", "is_on", "failing_since"]}),
        (_("Told when"), {"fields": ["on_release", "on_publication", "on_change"]}),
        (
            _("Signature"),
            {
                "fields": ["secret"],
                "description": _("The other server checks each message with it, as the Standard Webhooks say."),
            },
        ),
    ]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.entered_by = request.user
        if obj.is_on and "is_on" in form.changed_data:
            obj.failing_since = None
        super().save_model(request, obj, form, change)


@admin.register(Delivery)
class DeliveryAdmin(_Own, ScopedAdmin, admin.ModelAdmin):
    """What was told, and what the other server last said: to be looked at, and sent again."""

    list_display = ["created_at", "webhook", "topic", "state", "attempts", "status", "answer", "due_at"]
    list_display_links = ["created_at"]
    list_select_related = ["webhook"]
    list_filter = ["state", "topic"]
    actions = ["send_again"]
    list_per_page = 100
    fields = ["webhook", "topic", "state", "attempts", "tried_at", "due_at", "status", "answer", "body"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Send the selected again"), permissions=["view"])
    def send_again(self, request, queryset):
        rows = list(queryset)
        for row in rows:
            send_again(row)
        told = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", len(rows))
        self.message_user(request, told % {"count": len(rows)}, messages.SUCCESS)
