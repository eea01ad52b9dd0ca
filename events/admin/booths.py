"""Booths, the calls for them and who applies; and the roll of thanks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import exhibiting, submitting
from events.admin.submissions import StateFilter, SubmissionAdmin, word_of
from events.models import Booth, BoothApplication, BoothCall, PublicCredit, Venue
from events.models.booths import SPOT_TAKEN
from events.submitting import State
from portal.admin.forms import PartForm
from portal.admin.languages import LanguageGapFilter, both
from portal.admin.list_forms import ListFormSet
from portal.admin.moving import Moves
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin, ParentFilter
from portal.admin.times import TimesOfOccasion
from portal.keys import key_in
from portal.locking import locked_all


class BoothForm(PartForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "venue" in self.fields:
            self.fields["venue"].queryset = Venue.objects.filter(conference=self.instance.conference_id)


class BoothsFormSet(ListFormSet):
    def clean(self):
        """Two rows of one list are both checked before either is saved."""
        super().clean()
        given = {}
        for form in self.forms:
            if form.instance.spot and "spot" in form.changed_data:
                holder = given.setdefault(form.instance.spot_key, form.instance)
                if holder is not form.instance:
                    form.add_error("spot", SPOT_TAKEN % {"spot": form.instance.spot, "holder": holder})


@admin.register(Booth)
class BoothAdmin(Moves, Ordered, OwnedAdmin):
    form = BoothForm
    list_display = ["__str__", "kind", "parent_link", "venue", "spot", "position"]
    list_filter = [ParentFilter, "kind", LanguageGapFilter]
    list_editable = ["spot", "position"]
    moved = ["venue"]
    list_select_related = ["venue", "organization"]
    search_fields = [*both("title", "organization__name", "conference__title"), "spot"]
    autocomplete_fields = ["organization"]
    fieldsets = [(None, {"fields": ["organization", "title", "summary", ("kind", "venue", "spot"), "url", "position"]})]

    def get_changelist_formset(self, request, **kwargs):
        return super().get_changelist_formset(request, formset=BoothsFormSet, **kwargs)

    def changelist_view(self, request, extra_context=None):
        """Hold the stands while a list is checked and saved, so that a spot that was found free still is."""
        if "_save" not in request.POST:
            return super().changelist_view(request, extra_context)
        own = Booth.objects.editable_by(request.user).order_by().values("pk")
        with locked_all(Booth._base_manager.filter(pk__in=own)):
            return super().changelist_view(request, extra_context)


@admin.register(BoothCall)
class BoothCallAdmin(TimesOfOccasion, OwnedAdmin):
    list_display = ["__str__", "kind", "parent_link", "opens_at", "closes_at"]
    search_fields = both("title", "conference__title")
    fieldsets = [
        (None, {"fields": ["title", "kind", ("opens_at", "closes_at")]}),
        (_("Text"), {"fields": ["body"]}),
        (_("Rules"), {"fields": ["notice", "retention_days"]}),
    ]


def _place(self, application, request):
    """Accept, or move: into the venue and the spot that are told."""
    venue = application.call.conference.venues.filter(pk=key_in(request.POST.get("venue"))).first()
    spot = request.POST.get("spot", "").strip()[:40]
    exhibiting.accept(application, venue, spot, word_of(request))


def _decided(verb):
    return lambda self, application, request: verb(application, word_of(request))


@admin.register(BoothApplication)
class BoothApplicationAdmin(SubmissionAdmin):
    list_display = ["__str__", "call", "standing", "place", "people"]
    list_filter = [StateFilter, "call__kind"]
    list_select_related = ["call__conference", "booth__venue"]
    search_fields = ["title_zh_hans", "title_en", "name"]
    change_form_template = "admin/events/booth_application.html"
    answers = {
        "accept": (pgettext_lazy("submission", "Accept"), _place),
        "wait": (_("Put on the waiting list"), _decided(submitting.wait)),
        "decline": (_("Decline"), _decided(submitting.decline)),
        "reopen": (_("Take “declined” back"), _decided(submitting.reopen)),
        "place": (_("Change the spot"), _place),
    }
    fieldsets = [
        (None, {"fields": ["title_zh_hans", "title_en", "call", "standing", "state_changed_at", "booth"]}),
        (_("Booth"), {"fields": ["summary_zh_hans", "summary_en", "url", "people"]}),
        (_("Only for organizers"), {"fields": ["name", "email", "phone", "needs", "answer"]}),
    ]

    @admin.display(description=_("place"))
    def place(self, row):
        booth = row.booth
        return " · ".join(str(part) for part in (booth.venue, booth.spot) if part) if booth else ""

    def choices(self, row):
        names = {State.SUBMITTED: ("accept", "wait", "decline"), State.WAITING: ("accept", "decline")}
        names |= {State.DECLINED: ("reopen",), State.ACCEPTED: ("place",), State.CONFIRMED: ("place",)}
        return [(name, self.answers[name][0]) for name in names.get(row.state, ())]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["venues"] = obj.call.conference.venues.all()
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(PublicCredit)
class PublicCreditAdmin(Ordered, OwnedAdmin):
    list_display = ["__str__", "role", "city", "parent_link", "position"]
    list_select_related = ["city"]
    search_fields = [*both("name", "role", "city__name")]
    autocomplete_fields = ["city", "person"]
    fieldsets = [(None, {"fields": ["name", "role", ("city", "person"), "position"]})]
