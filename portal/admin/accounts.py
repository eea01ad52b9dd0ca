"""Accounts of organizers. What an account may do follows from its groups and from the mandates of its person."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from portal.admin.account_protection import ProtectionMixin
from portal.admin.filters import PlainQueries
from portal.admin.groups import GroupFilter, GroupsField
from portal.admin.inviting import InvitesToGroups
from portal.admin.taken import LooksAgain
from portal.rights import GIVEN_GROUPS

# Registered by the import above. Groups are made by `portal.permissions` and not by hand.
admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(LooksAgain, PlainQueries, InvitesToGroups, ProtectionMixin, UserAdmin):
    """Nobody makes an account mightier than their own: only a superuser sees superusers and makes one."""

    change_list_template = "admin/account/list.html"
    list_display = ["username", "first_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", GroupFilter]
    filter_horizontal = []
    autocomplete_fields = []
    search_fields = ["username", "first_name", "last_name", "email", "person__name_zh_hans", "person__name_en"]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "usable_password", "password1", "password2"]})]

    def get_queryset(self, request):
        accounts = super().get_queryset(request)
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights.insert(2, "is_superuser")
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
            (_("Rights"), {"fields": rights}),
            (_("Protection"), {"fields": ["protection_link"]}),
            (_("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["protection_link", "last_login", "date_joined"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            return db_field.formfield(form_class=GroupsField, named=GIVEN_GROUPS)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._may_touch(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    @staticmethod
    def _may_touch(request, obj):
        return obj is None or request.user.is_superuser or not obj.is_superuser

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
