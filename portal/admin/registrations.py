"""Who registered: the list of a desk, yes and no to requests, exports, a printed list; one guest with their link."""

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal import registering, spreadsheets
from portal.admin.door import DoorPages
from portal.admin.parts import ParentFilter
from portal.admin.scoped import ScopedAdmin
from portal.admin.signups import ShowsState, StateFilter
from portal.models import Desk, Registration
from portal.models.signups import IllegalMove
from portal.refused import Refused

EXPORTED = (
    "name",
    "email",
    "organization",
    "phone",
    "answer",
    "state",
    "companions",
    "line_number",
    "confirmed_at",
    "checked_in_at",
    "is_walk_in",
)


@admin.register(Registration)
class RegistrationAdmin(DoorPages, ShowsState, ScopedAdmin, admin.ModelAdmin):
    """Answers are the guests' own: here they are looked at, and requests are answered."""

    list_display = ["__str__", "desk", "standing", "place", "companions_count", "confirmed_at", "checked_in_at"]
    list_filter = [ParentFilter, StateFilter]
    list_select_related = ["desk__occasion"]
    search_fields = ["name", "email", "organization"]
    actions = ["approve", "decline", "release", "export_csv", "export_xlsx", "printed"]
    change_form_template = "admin/registrations/registration.html"
    list_per_page = 100
    fieldsets = [
        (None, {"fields": ["name", "email", "desk", "standing", "state_changed_at", "checked_in_at"]}),
        (_("Answers"), {"fields": ["organization", "phone", "answer", "companions"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_answer_permission(self, request):
        return request.user.has_perm("portal.change_registration")

    def get_readonly_fields(self, request, obj=None):
        return [*(field.name for field in self.opts.fields), "standing"]

    def get_queryset(self, request):
        """Add `ahead`: how many are before each of those who wait in line."""
        before = Registration.objects.filter(
            desk=OuterRef("desk"), state=Registration.State.WAITING, line_number__lt=OuterRef("line_number")
        )
        ahead = Subquery(before.order_by().values("desk").annotate(count=Count("pk")).values("count"))
        return super().get_queryset(request).filter(erased_at=None).annotate(ahead=Coalesce(ahead, 0))

    def parents(self, request):
        return Desk.objects.editable_by(request.user).select_related("occasion")

    @admin.display(description=_("in line"))
    def place(self, row):
        return row.ahead + 1 if row.state == Registration.State.WAITING else ""

    @admin.display(description=_("companions"))
    def companions_count(self, row):
        return len(row.companions) or ""

    @admin.action(description=_("Give a seat to the selected"), permissions=["answer"])
    def approve(self, request, queryset):
        self._each(request, queryset, registering.approve)

    @admin.action(description=_("Decline the selected"), permissions=["answer"])
    def decline(self, request, queryset):
        self._each(request, queryset, registering.decline)

    @admin.action(description=_("Give back the seats of the selected"), permissions=["answer"])
    def release(self, request, queryset):
        self._each(request, queryset, registering.release)

    @admin.action(description=_("Save as CSV"), permissions=["view"])
    def export_csv(self, request, queryset):
        return _file(spreadsheets.as_csv(*table(queryset)), "text/csv; charset=utf-8", "registrations.csv")

    @admin.action(description=_("Save as XLSX"), permissions=["view"])
    def export_xlsx(self, request, queryset):
        return _file(spreadsheets.as_xlsx(*table(queryset)), spreadsheets.XLSX, "registrations.xlsx")

    @admin.action(description=_("Show as a list to print"), permissions=["view"])
    def printed(self, request, queryset):
        rows = queryset.select_related("desk__occasion").order_by("desk_id", "name", "pk")
        context = {**self.admin_site.each_context(request), "title": _("Registrations"), "registrations": rows}
        return TemplateResponse(request, "admin/registrations/printed.html", context)

    def _each(self, request, queryset, verb):
        """Do it to each, in the order of registration; tell how many it was done to, and of whom it was refused."""
        done, refused = 0, []
        for registration in queryset.order_by("pk"):
            try:
                verb(registration)
                done += 1
            except (Refused, IllegalMove):
                refused.append(str(registration))
        words = ngettext("Done for %(count)d registration.", "Done for %(count)d registrations.", done)
        self.message_user(request, words % {"count": done}, messages.SUCCESS if done else messages.WARNING)
        if refused:
            names = {"names": ", ".join(refused)}
            self.message_user(request, _("Their state does not allow it: %(names)s") % names, messages.WARNING)


def table(registrations):
    """Return (heads, rows) of registrations, for a spreadsheet."""
    heads = [str(Registration._meta.get_field(name).verbose_name) for name in EXPORTED]
    return heads, [[_cell(one, name) for name in EXPORTED] for one in registrations.order_by("pk")]


def _cell(registration, name):
    if name == "state":
        return registration.get_state_display()
    value = getattr(registration, name)
    return "; ".join(value) if isinstance(value, list) else value


def _file(content, content_type, name):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
