"""Groups by the names that people have for them, where an account or a rule is given some."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.admin.chosen import SomeRows
from portal.group_labels import GROUP_LABELS
from portal.rights import GIVEN_GROUPS


def label_of(group):
    return capfirst(GROUP_LABELS.get(group.name, group.name))


class GroupsField(SomeRows):
    """Boxes to tick, one for each of the named groups. Use as `formfield(form_class=GroupsField, named=...)`."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset, *, named, **kwargs):
        super().__init__(queryset.filter(name__in=named).order_by("pk"), **{**kwargs, "widget": self.widget})

    def label_from_instance(self, group):
        return label_of(group)


class GroupFilter(admin.SimpleListFilter):
    """Accounts by a group that was given by hand; what follows from mandates is no property of an account."""

    title = _("groups")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        return [(group.name, label_of(group)) for group in Group.objects.filter(name__in=GIVEN_GROUPS).order_by("pk")]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset
