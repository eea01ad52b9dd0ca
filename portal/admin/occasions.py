"""What the admins of conferences and of meetups share: the form, the record, and the way to what belongs to it."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal import telling
from portal.admin.forms import OrganizersForm
from portal.admin.languages import LanguageGapFilter, both
from portal.admin.many_cards import LeavesOutManyCards
from portal.admin.occasion_cards import DeskCards, FigureCards, LinkCards, PartCards, PartnershipCards
from portal.admin.publishing import PublicationFilter, PublishingAdmin
from portal.admin.scoped import ScopedAdmin
from portal.admin.times import LocalTimes
from portal.admin.when import FIELDS, WhenForm
from portal.admin_addresses import admin_url, change_url
from portal.keys import key_in
from portal.models import Desk, Occasion, Registration
from portal.scope import edits


class OccasionForm(WhenForm, OrganizersForm):
    """`wing` is known before the form is checked, since an address is unique within it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.wing = self.instance.WING

    def _get_validation_exclusions(self):
        checked = {"wing"}
        # What a day's own field says is wrong, a constraint need not say once more, and of no field.
        if self.instance.starts_at is not None and self.errors.keys().isdisjoint(FIELDS):
            checked |= {"starts_at", "ends_at", "precision"}
        return super()._get_validation_exclusions() - checked


_MOMENTS = ("starts_at", "ends_at")


class OccasionAdmin(LeavesOutManyCards, LocalTimes, PublishingAdmin):
    """The base of the conferences' and the meetups' admin."""

    form = OccasionForm
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "-pk"]
    list_filter = [PublicationFilter, "standing", "mode", LanguageGapFilter]
    search_fields = [*both("title", "theme", "place", "city__name"), "slug"]
    autocomplete_fields = ["city"]
    inlines = [LinkCards, FigureCards, PartCards, PartnershipCards, DeskCards]

    WHEN_AND_WHERE = (
        _("Time and place"),
        {
            "fields": [
                FIELDS,
                ("precision", "time_zone"),
                ("mode", "city"),
                "place",
                "address",
                ("latitude", "longitude"),
                "directions",
            ]
        },
    )
    STANDING = (_("Event status"), {"fields": ["standing", "standing_note", "admission", "price_note"]})
    COVER = (_("Cover"), {"fields": ["cover", "cover_alt", "cover_credit", "is_sample"]})

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, row):
        """The first day by the event's own clock, no finer than it is known."""
        shape = {"year": "Y", "month": "YEAR_MONTH_FORMAT"}.get(row.precision, "DATE_FORMAT")
        return date_format(row.starts_on, shape)

    @admin.display(description=_("event status"), ordering="standing")
    def standing_mark(self, row):
        if row.standing == Occasion.Standing.SCHEDULED:
            return ""
        return format_html('<span class="state state-{}">{}</span>', row.standing, row.get_standing_display())

    def get_fieldsets(self, request, obj=None):
        """Where the times may not be written they are shown as moments."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.open_fields(request, obj) is None and (obj is None or self.has_change_permission(request, obj)):
            return fieldsets
        return [
            (name, {**options, "fields": [_MOMENTS if line == FIELDS else line for line in options["fields"]]})
            for name, options in fieldsets
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["pieces"] = self.pieces(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def tools(self, request, row):
        desk = Desk.objects.editable_by(request.user).filter(occasion=row.pk).first()
        if desk is None or not request.user.has_perm("portal.view_registration"):
            return super().tools(request, row)
        registrations = f"{admin_url(self.admin_site, Registration, 'changelist')}?desk={desk.pk}"
        return [
            *super().tools(request, row),
            {"label": _("Registrations"), "url": registrations},
            {"label": _("Door"), "url": reverse("admin:door", args=[desk.pk])},
        ]

    def save_related(self, request, form, formsets, change):
        """Whoever is registered gets one mail where the time, the place or the standing has changed."""
        super().save_related(request, form, formsets, change)
        desk = Desk.objects.filter(occasion=form.instance.pk).first()
        told = telling.tell_changes(desk) if desk else 0
        if told:
            words = ngettext(
                "%(count)d guest is notified of the change.", "%(count)d guests are notified of the change.", told
            )
            self.message_user(request, words % {"count": told})

    def pieces(self, request, occasion):
        """Return what belongs to the occasion and has lists of its own: dicts of label, count, url, add_url."""
        found = []
        for model, model_admin in self.admin_site._registry.items():
            field = self._field_to_here(model)
            if field is None or not model_admin.has_view_permission(request):
                continue
            query = (
                f"?{field.name}={occasion.pk}"
                if field.name == getattr(model, "PARENT", "")
                else (f"?{field.name}__id__exact={occasion.pk}")
            )
            found.append(
                {
                    "label": model._meta.verbose_name_plural,
                    "count": model_admin.get_queryset(request).filter(**{field.name: occasion.pk}).count(),
                    "url": admin_url(self.admin_site, model, "changelist") + query,
                    "add_url": model_admin.has_add_permission(request)
                    and f"{admin_url(self.admin_site, model, 'add')}?{field.name}={occasion.pk}",
                }
            )
        return found

    def _field_to_here(self, model):
        """Return the field by which rows of a model belong to this kind of occasion, or None."""
        here = (self.model, Occasion)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            leads_here = field.related_model in here and not field.remote_field.parent_link
            if leads_here and (field.name == getattr(model, "PARENT", None) or field.name in ("occasion", "occasions")):
                return field
        return None


@admin.register(Occasion)
class OccasionChooser(ScopedAdmin, admin.ModelAdmin):
    """Nothing but what typing for an occasion needs; conferences and meetups are edited as such."""

    search_fields = both("title") + ["slug"]

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return False

    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """Deleting a conference deletes its occasion: that is allowed along with it, and not by itself."""
        return obj is not None and edits(request, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Django leads here from wherever an occasion is named; lead on to the form of what it is."""
        row = get_object_or_404(Occasion.objects.reachable_by(request.user), pk=key_in(object_id))
        return redirect(change_url(self.admin_site, row))

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def has_add_permission(self, request):
        return False
