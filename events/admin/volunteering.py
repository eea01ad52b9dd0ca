"""Calls for volunteers, their teams, roles and shifts; applications and certificates to look at."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.ending_links import EndsLinks
from events.admin.series import MANDATE_FIELDS
from events.admin.volunteer_board import SEES_BOARD, BoardPages
from events.models import Application, Assignment, Certificate, Coordination, Role, Shift, Team, Venue, VolunteerCall
from events.volunteer_board import PRIVATE, Board
from events.volunteering import forgetting, placing
from portal.admin.forms import InEitherLanguage, PartForm
from portal.admin.inlines import TextCards
from portal.admin.languages import LanguageGapFilter, both
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin, ParentFilter
from portal.admin.scoped import ScopedAdmin
from portal.admin.signups import ShowsState, StateFilter
from portal.admin.times import LocalTimes, TimesOfOccasion
from portal.locking import locked
from portal.refused import Refused
from portal.scope import edits


def board_link(call):
    return format_html('<a href="{}">{}</a>', reverse("admin:volunteers-board", args=[call.pk]), _("Volunteers"))


def _ways_to_the_board(request, row, call_id):
    """Return the tool that leads from a call or a team to the people of the call, for whom it opens."""
    if not request.user.has_perm(SEES_BOARD) or not edits(request, row):
        return []
    return [{"label": _("Volunteers"), "url": reverse("admin:volunteers-board", args=[call_id])}]


class CallForm(PartForm):
    slug_texts = ("title",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "venue" in self.fields:
            self.fields["venue"].queryset = Venue.objects.filter(conference=self.instance.conference_id)


@admin.register(VolunteerCall)
class VolunteerCallAdmin(BoardPages, TimesOfOccasion, OwnedAdmin):
    form = CallForm
    list_display = ["__str__", "parent_link", "venue", "opens_at", "closes_at", "people"]
    column_permissions = {"people": SEES_BOARD}
    list_select_related = ["venue"]
    search_fields = [*both("title", "conference__title"), "slug"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "venue", ("opens_at", "closes_at"), "changes_until"]}),
        (_("Text"), {"fields": ["body"]}),
        (
            _("What is asked"),
            {
                "fields": [
                    ("asks_university", "asks_languages", "asks_skills"),
                    ("asks_shirt_size", "asks_diet"),
                    ("asks_phone", "asks_wechat"),
                ]
            },
        ),
        (_("Rules"), {"fields": ["notice", ("retention_days", "handover_minutes", "offer_hours")]}),
    ]

    @admin.display(description=_("volunteers"))
    def people(self, row):
        return board_link(row)

    def tools(self, request, row):
        return [*super().tools(request, row), *_ways_to_the_board(request, row, row.pk)]


class CoordinationCards(TextCards):
    """Who coordinates, organizers say: coordinators look at it."""

    model = Coordination
    fields = [*MANDATE_FIELDS, "sees_private_answers"]
    autocomplete_fields = ["person", "organization"]
    folded = True


@admin.register(Team)
class TeamAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "parent_link", "people", "position"]
    column_permissions = {"people": SEES_BOARD}
    search_fields = both("name", "call__title")
    inlines = [CoordinationCards]
    fieldsets = [(None, {"fields": ["name", "position"]})]

    @admin.display(description=_("volunteers"))
    def people(self, row):
        return board_link(row.call)

    def tools(self, request, row):
        return [*super().tools(request, row), *_ways_to_the_board(request, row, row.call_id)]


class ShiftForm(InEitherLanguage):
    """Fewer places than are held are refused, with the names of those who would fall out."""

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if self.instance.pk:
            with locked(self.instance) as shift:
                try:
                    placing.refuse_capacity(shift, capacity)
                except Refused as reason:
                    raise ValidationError(str(reason)) from reason
        return capacity


class ShiftCards(TextCards):
    model = Shift
    form = ShiftForm
    fields = ["starts_at", "ends_at", "place", "capacity"]


@admin.register(Role)
class RoleAdmin(LocalTimes, Ordered, OwnedAdmin):
    list_display = ["__str__", "parent_link", "minimum", "maximum", "taken", "is_public", "position"]
    list_filter = [ParentFilter, "acceptance", LanguageGapFilter]
    search_fields = [*both("name", "team__name", "team__call__title"), "slug"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [ShiftCards]
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "place", ("minimum", "maximum"), "minimum_age"]}),
        (_("Rules"), {"fields": [("acceptance", "claims_shifts"), ("is_public", "position")]}),
        (_("On the day"), {"fields": [("lead_name", "lead_contact")]}),
    ]

    def save_formset(self, request, form, formset, change):
        """Whoever holds a shift that is moved gets one mail."""
        super().save_formset(request, form, formset, change)
        if formset.model is Shift:
            for shift, fields in formset.changed_objects:
                if any(name.startswith(("starts_at", "ends_at", "place")) for name in fields):
                    placing.tell_of_move(shift)

    def zone_of(self, row):
        return row.team.call.conference.time_zone

    def new_zone(self, request):
        team = self.chosen_parent(request)
        return team.call.conference.time_zone if team else super().new_zone(request)


class ReadOnly(ScopedAdmin, admin.ModelAdmin):
    """Rows that verbs write: here one only looks at them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields]


class AssignmentLines(admin.TabularInline):
    model = Assignment
    fields = readonly_fields = ["role", "shift", "state", "minutes_served"]
    extra = max_num = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return True  # to whom the page opens; the stock inline asks before there is a row, and would else show none

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Application)
class ApplicationAdmin(EndsLinks, ShowsState, ReadOnly):
    """One volunteer, with their link to hand out again; what is decided about them is decided on the board.

    Deleted as by the person's own link, when they ask for it and have none any more: places are given back.
    """

    list_display = ["__str__", "call", "standing", "city", "confirmed_at"]
    list_filter = [StateFilter]
    list_select_related = ["call__conference"]
    search_fields = ["name", "email", "city"]
    inlines = [AssignmentLines]
    change_form_template = "admin/events/volunteers/application.html"

    def get_fieldsets(self, request, obj=None):
        asked = [name for name in VolunteerCall.QUESTIONS if obj is None or getattr(obj, name)]
        private = [name for name in (*asked, "note") if name in PRIVATE]
        told = [name for name in asked if name not in PRIVATE]
        fieldsets = [
            (None, {"fields": ["name", "email", "city", "call", "standing", "state_changed_at"]}),
            (_("Answers"), {"fields": ["availability", "age_band", *told]}),
        ]
        if obj is not None and Board(obj.call, request.user).sees_private_answers:
            fieldsets.append((_("Private answers"), {"fields": private}))
        return fieldsets

    def get_queryset(self, request):
        return super().get_queryset(request).filter(erased_at=None, merged_into=None)

    def delete_model(self, request, obj):
        forgetting.delete(obj)

    def delete_queryset(self, request, queryset):
        for application in queryset:
            forgetting.delete(application)

    def to_answer(self, request, pk):
        """Return the application of that key that the user may answer; raises Http404."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or not self.may_answer(request):
            raise Http404("no such application")
        return row

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["board_url"] = reverse("admin:volunteers-board", args=[obj.call_id])
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(Certificate)
class CertificateAdmin(ReadOnly):
    """Deleted when its person asks for it and has no link any more."""

    list_display = ["number", "name", "conference", "issued_on"]
    list_select_related = ["conference"]
    search_fields = ["number", "name"]
    fieldsets = [
        (None, {"fields": ["number", "name", "conference", "role_zh_hans", "role_en", "minutes", "issued_on"]})
    ]
