"""The organizers' side of chapters and their meetups."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from meetups import planning
from meetups.announcing import announce_change, facts
from meetups.finishing import FinishesMeetups
from meetups.making import MakesMeetups
from meetups.models import AgendaItem, AgendaMaterial, Chapter, ChapterLink, Leadership, Meetup
from portal.admin.forms import OrganizersForm
from portal.admin.inlines import OneQueryFormSet, TextCards
from portal.admin.languages import both
from portal.admin.occasion_cards import DeskCards, FigureCards, LinkCards, PartCards, PartnershipCards
from portal.admin.occasions import OccasionAdmin, OccasionForm
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin
from portal.admin.publishing import PublishingAdmin
from portal.admin.times import TimesOfOccasion
from portal.admin_addresses import change_url
from portal.chapter_words import CHAPTERS
from portal.models import Part
from portal.scope import edits


class ChapterForm(OrganizersForm):
    """A template is one of the chapter's own meetups."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "template" in self.fields:
            own = Meetup.objects.filter(chapters=self.instance.pk) if self.instance.pk else Meetup.objects.none()
            self.fields["template"].queryset = own.order_by("-starts_at", "-pk")
            self.fields["template"].help_text = _(
                "One of its own meetups, public or a draft, that new ones are made from. Empty: the last one."
            )

    def wanted_slug(self):
        """The city's own address: chengdu."""
        city = self.cleaned_data.get("city")
        return city.slug if city else super().wanted_slug()


class ChapterLinkCards(TextCards):
    model = ChapterLink
    fields = ["kind", "url", "title", "position"]


class LeadershipCards(TextCards):
    model = Leadership
    fields = [
        "person",
        "organization",
        "name_then",
        "title_then",
        "organization_then",
        "since",
        "until",
        "is_public",
        "position",
    ]
    autocomplete_fields = ["person", "organization"]
    folded = True


@admin.register(Chapter)
class ChapterAdmin(Ordered, PublishingAdmin):
    form = ChapterForm
    list_display = ["__str__", "city", "group_qr_expires_on", "publication_state", "position"]
    list_select_related = ["city"]
    search_fields = [*both("name", "city__name"), "slug"]
    autocomplete_fields = ["city"]
    inlines = [LeadershipCards, ChapterLinkCards]
    fieldsets = [
        (pgettext_lazy("of a thing", "Name"), {"fields": ["name", "slug", "city", ("founded_on", "position")]}),
        (_("Text"), {"fields": ["summary", "body"]}),
        (_("How to join"), {"fields": ["group_qr", "group_qr_expires_on", "contact_note"]}),
        (_("Meetups"), {"fields": ["template"]}),
        (_("Cover"), {"fields": ["cover", "cover_alt"]}),
        PublishingAdmin.PUBLICATION,
    ]

    def tools(self, request, row):
        tools = super().tools(request, row)
        if edits(request, row):
            tools.append({"label": _("New meetup"), "url": reverse("admin:meetups_meetup_new_of", args=[row.pk])})
        return tools


class MeetupForm(OccasionForm):
    def wanted_slug(self):
        """The first chapter and the day: changsha-2023-10-21."""
        chapters, first_day = self.cleaned_data.get("chapters"), self.cleaned_data.get("first_day")
        return f"{chapters[0].slug}-{first_day:%Y-%m-%d}" if chapters and first_day else super().wanted_slug()


class AgendaFormSet(OneQueryFormSet):
    """The people of an item are parts of the same meetup."""

    def add_fields(self, form, index):
        if "parts" in form.fields:
            form.fields["parts"].queryset = Part.objects.filter(occasion=self.instance.pk).select_related("person")
        super().add_fields(form, index)


class AgendaCards(TextCards):
    model = AgendaItem
    formset = AgendaFormSet
    fields = ["title", "starts_at", "ends_at", "summary", "parts", "position"]
    show_change_link = True
    folded = True


@admin.register(Meetup)
class MeetupAdmin(MakesMeetups, FinishesMeetups, OccasionAdmin):
    form = MeetupForm
    change_list_template = "admin/meetups/change_list.html"
    list_display = ["__str__", "chapter_names", "when", "city", "standing_mark", "publication_state"]
    list_select_related = ["city"]
    list_filter = ["chapters", *OccasionAdmin.list_filter]
    search_fields = [*OccasionAdmin.search_fields, *both("chapters__name")]
    autocomplete_fields = ["city", "chapters", "along_with"]
    inlines = [AgendaCards, PartCards, PartnershipCards, LinkCards, FigureCards, DeskCards]
    actions = [*OccasionAdmin.actions, "make_next", "repeat", "cancel"]
    fieldsets = [
        (pgettext_lazy("of a thing", "Name"), {"fields": ["title", "chapters", "slug", "theme"]}),
        OccasionAdmin.WHEN_AND_WHERE,
        (_("Text"), {"fields": ["summary", "body"]}),
        (_("Held alongside"), {"fields": ["along_with", "along_with_name", "along_with_url"]}),
        OccasionAdmin.STANDING,
        OccasionAdmin.COVER,
        PublishingAdmin.PUBLICATION,
    ]

    def save_model(self, request, obj, form, change):
        before = facts(Meetup.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)
        if before:
            announce_change(obj, before)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("chapters")

    @admin.action(description=_("Make the next one, two weeks later, as a draft"), permissions=["add"])
    def make_next(self, request, queryset):
        return self._plan(request, queryset, times=1)

    @admin.action(description=_("Repeat every second week, six times, as drafts"), permissions=["add"])
    def repeat(self, request, queryset):
        return self._plan(request, queryset, times=6)

    def _plan(self, request, queryset, times):
        drafts = [draft for meetup in self._whole_rows(request, queryset) for draft in planning.repeat(meetup, times)]
        self._say(request, ngettext("%(count)d draft is made.", "%(count)d drafts are made.", len(drafts)), drafts)
        return redirect(change_url(self.admin_site, drafts[0])) if len(drafts) == 1 else None

    @admin.action(description=_("Cancel the selected meetups and tell their guests"), permissions=["change"])
    def cancel(self, request, queryset):
        told = sum(planning.cancel(meetup) for meetup in self._whole_rows(request, queryset))
        words = ngettext("Cancelled; %(count)d guest is notified.", "Cancelled; %(count)d guests are notified.", told)
        self.message_user(request, words % {"count": told})

    @admin.display(description=CHAPTERS)
    def chapter_names(self, row):
        return " · ".join(str(chapter) for chapter in row.chapters.all())


class AgendaMaterialCards(TextCards):
    model = AgendaMaterial
    fields = ["kind", "url", "file", "title", "position"]


@admin.register(AgendaItem)
class AgendaItemAdmin(TimesOfOccasion, Ordered, OwnedAdmin):
    list_display = ["__str__", "parent_link", "position"]
    list_filter = OwnedAdmin.list_filter
    search_fields = [*both("title", "meetup__title")]
    inlines = [AgendaMaterialCards]
    fieldsets = [(None, {"fields": ["title", ("starts_at", "ends_at"), "summary", "position"]})]
