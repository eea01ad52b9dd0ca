"""The community's own settings: one row, and what people are told about their data."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from portal.admin.base import CuratedAdmin
from portal.admin.groups import GroupsField
from portal.admin.languages import both
from portal.admin.logos import LogoField
from portal.admin.publishing import PublishingAdmin
from portal.admin.widgets import ColourInput
from portal.admin_addresses import admin_url
from portal.languages import column_of
from portal.models import Community, PrivacyNotice
from portal.rights import GROUPS

WORDS = ["word_for_chapter", "word_for_chapters"]


@admin.register(Community)
class CommunityAdmin(CuratedAdmin):
    """Settings: the list is the one row's form."""

    autocomplete_fields = ["organization"]
    fieldsets = [
        (pgettext_lazy("of a thing", "Name"), {"fields": ["name", "tagline", "summary", "organization"]}),
        (_("Appearance"), {"fields": ["logo", "accent"]}),
        (_("Words"), {"fields": WORDS}),
        (_("Contact"), {"fields": ["email", "conduct_email", "website", "wechat_name", "wechat_qr"]}),
        (_("Footer"), {"fields": ["footer_note", "icp_number"]}),
        (_("Photos"), {"fields": ["takedown_hides_at_once"]}),
        (_("Sign-in of organizers"), {"fields": ["second_factor_groups"]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "accent":
            kwargs["widget"] = ColourInput
        if db_field.name == "email":
            kwargs["help_text"] = _("Answers to the portal's mails come here.")
        if db_field.name == "logo":
            kwargs["form_class"] = LogoField
            kwargs["help_text"] = _(
                "A square one fits best: it is also the icon in a browser's tab and, unless it is an SVG, on a phone's"
                " home screen. Certificates show a picture, or an SVG of shapes without gradients and words."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "second_factor_groups":
            return db_field.formfield(form_class=GroupsField, named=GROUPS)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """Begin with the words that pages use before anybody has chosen others."""
        words = {}
        for code, _language in settings.LANGUAGES:
            with override(code):
                neutral = Community.current()
            words |= {column_of(field, code): getattr(neutral, field) for field in WORDS}
        return words | super().get_changeform_initial_data(request)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Community.objects.exists()

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_save_and_add_another"] = False  # there is one
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        page = ["change", 1] if Community.objects.exists() else ["add"]
        return HttpResponseRedirect(admin_url(self.admin_site, Community, *page))


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(PublishingAdmin):
    list_display = ["__str__", "version", "publication_state"]
    search_fields = [*both("title"), "version"]
    fieldsets = [
        (None, {"fields": ["version", "title", "body"]}),
        PublishingAdmin.PUBLICATION,
    ]
