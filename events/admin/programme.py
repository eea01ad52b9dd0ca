"""Forums with their producers, sessions with their speakers."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.series import MANDATE_FIELDS
from events.admin.timetable import ways_to_the_board
from events.models import Conference, Forum, Production, Room, Session, SessionMaterial, Speaking, Venue
from events.tables import FORUMS, SESSIONS
from portal.admin.filters import YearFilter
from portal.admin.forms import PartForm
from portal.admin.inlines import TextCards
from portal.admin.languages import LanguageGapFilter, both
from portal.admin.moving import Moves
from portal.admin.ordering import Ordered
from portal.admin.parts import OwnedAdmin, ParentFilter
from portal.admin.tables import InTables
from portal.admin.times import TimesOfOccasion
from portal.scope import edits, texts_of


class ForumForm(PartForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "venue" in self.fields:
            self.fields["venue"].queryset = Venue.objects.filter(conference=self.instance.conference_id)


class ProductionCards(TextCards):
    model = Production
    fields = MANDATE_FIELDS
    autocomplete_fields = ["person", "organization"]
    folded = True


@admin.register(Forum)
class ForumAdmin(InTables, Moves, Ordered, OwnedAdmin):
    table = FORUMS
    form = ForumForm
    list_display = ["__str__", "kind", "parent_link", "venue", "position"]
    list_filter = [ParentFilter, YearFilter, "kind", LanguageGapFilter]
    moved = ["venue"]
    list_select_related = ["venue"]
    search_fields = [*both("title", "conference__title"), "slug"]
    autocomplete_fields = ["albums"]
    prepopulated_fields = {"slug": ["title_en"]}
    inlines = [ProductionCards]
    fieldsets = [
        (None, {"fields": ["title", "slug", ("kind", "venue"), "summary"]}),
        (_("Text"), {"fields": ["body"]}),
        (_("More"), {"fields": ["albums", "position"]}),
    ]

    def tools(self, request, row):
        return [*super().tools(request, row), *ways_to_the_board(request.user, row.conference)]

    def writes_whole_rows(self, request):
        """Whoever has a conference: a producer has the forum's texts alone."""
        return super().writes_whole_rows(request) and Conference.objects.editable_by(request.user).exists()

    def open_fields(self, request, obj=None):
        """A producer writes the forum's texts; where and what it is, the conference decides."""
        if obj is None or edits(request, obj.conference):
            return None
        return texts_of(Forum)


class SessionForm(PartForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        conference = self.instance.conference_id
        if "forum" in self.fields:
            forums = Forum.objects.filter(conference=conference)
            if not edits(self.request, self.instance.conference):
                # A producer's session is one of the forum they produce.
                forums = forums.editable_by(self.request.user)
                self.fields["forum"].required = True
                if self.instance._state.adding and len(theirs := forums[:2]) == 1:
                    self.initial["forum"] = theirs[0]
            self.fields["forum"].queryset = forums
        if "room" in self.fields:
            self.fields["room"].queryset = Room.objects.filter(venue__conference=conference).select_related("venue")
            self.fields["room"].label_from_instance = lambda room: f"{room.venue} · {room}"


class SpeakingCards(TextCards):
    model = Speaking
    fields = ["role", "person", "organization", "name_then", "title_then", "organization_then", "position"]
    autocomplete_fields = ["person", "organization"]
    folded = True


class SessionMaterialCards(TextCards):
    model = SessionMaterial
    fields = ["kind", "url", "file", "title", "position"]


@admin.register(Session)
class SessionAdmin(InTables, Moves, TimesOfOccasion, Ordered, OwnedAdmin):
    table = SESSIONS
    form = SessionForm
    list_display = ["__str__", "kind", "forum", "starts", "room", "parent_link", "is_featured", "position"]
    list_filter = [ParentFilter, YearFilter, "kind", "is_cancelled", LanguageGapFilter]
    list_editable = ["is_featured", "position"]
    moved = ["forum", "room"]
    list_select_related = ["forum", "room"]
    search_fields = [
        *both("title", "forum__title", "conference__title", "speakings__person__name"),
        "code",
    ]
    inlines = [SpeakingCards, SessionMaterialCards]
    fieldsets = [
        (None, {"fields": ["title", ("kind", "forum"), ("language", "level"), ("is_featured", "is_cancelled")]}),
        (_("Text"), {"fields": ["abstract"]}),
        (_("Time and place"), {"fields": [("starts_at", "ends_at"), "room", "position"]}),
    ]

    @admin.display(description=_("begins"), ordering="starts_at")
    def starts(self, row):
        """By the conference's own clock."""
        return row.starts_at and timezone.localtime(row.starts_at, row.conference.tzinfo).strftime("%m-%d %H:%M")
