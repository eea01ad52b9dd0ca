"""What the lists of sign-ups have in common: the state in words. Each kind has states of its own."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.qr import data_uri


class StateFilter(admin.SimpleListFilter):
    """The states of the list's kind of sign-up, but for those that its admin names in `hidden_states`."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        hidden = getattr(model_admin, "hidden_states", ())
        return [(state.value, state.label) for state in model_admin.model.State if state not in hidden]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in queryset.model.State else queryset


class ShowsState:
    """For admins of sign-ups: `standing` is the column and the field to show instead of the bare `state`."""

    @admin.display(description=_("state"), ordering="state")
    def standing(self, row):
        return row.get_state_display()

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "standing"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Head the page with whose it is, once, and hand over their link."""
        context |= {"title": capfirst(str(obj)), "subtitle": ""}
        context |= {"link": obj.status_url, "code": data_uri(obj.status_url)}
        return super().render_change_form(request, context, add, change, form_url, obj)
