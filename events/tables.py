"""The tables of conferences: forums and sessions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Conference, Forum, Session, Speaking
from portal.tables.columns import Address, Choice, Column, NotUnderstood, YesNo, text_of, texts
from portal.tables.days import Moment
from portal.tables.ground import position
from portal.tables.references import Parent, People, Within
from portal.tables.table import Table


class Code(Column):
    example = "ASFCH7"

    def __init__(self):
        super().__init__("code", Session, help_text=gettext_lazy("As an export wrote it; empty for what is new."))

    def value(self, cell, context):
        text = text_of(cell).upper()
        if text and (len(text) != 6 or not text.isascii() or not text.isalnum()):
            raise NotUnderstood(_("Expected six letters and digits, or nothing."))
        return text


class Sessions(Table):
    def refuse(self, row, context):
        """A producer's session is one of a forum they produce."""
        conferences = context.once("mine", lambda: set(Conference.objects.editable_by(context.user).values_list("pk")))
        if (row.conference_id,) in conferences:
            return ""
        forums = context.once("forums", lambda: set(Forum.objects.reachable_by(context.user).values_list("pk")))
        return "" if (row.forum_id,) in forums else _("Choose a forum that is yours.")


def _room_key(room):
    return f"{room.venue.slug}/{room.slug}"


def _room_label(room):
    return f"{room.venue} · {room}"


_forum = Address(Forum)
FORUMS = Table(
    Forum,
    [
        Parent("conference", Forum, example="coscon-2023"),
        _forum,
        *texts(Forum, "title"),
        Choice("kind", Forum),
        Within("venue", Forum, path="conference"),
        *texts(Forum, "summary", "body"),
        position(Forum),
    ],
    key=_forum,
    natural=[("title",)],
    follow=["conference", "venue"],
)

_code = Code()
SESSIONS = Sessions(
    Session,
    [
        Parent("conference", Session, example="coscon-2023"),
        _code,
        *texts(Session, "title"),
        Choice("kind", Session),
        Within("forum", Session, path="conference"),
        Moment("starts_at", Session),
        Moment("ends_at", Session, day_of="starts_at", example="10:15"),
        Within("room", Session, path="venue__conference", key=_room_key, label_of=_room_label),
        People("speakings", gettext_lazy("Speakers"), Speaking),
        Column("language", Session, example="zh"),
        Choice("level", Session),
        *texts(Session, "abstract"),
        YesNo("is_cancelled", Session),
        YesNo("is_featured", Session),
        position(Session),
    ],
    key=_code,
    natural=[("title", "starts_at"), ("title",)],
    follow=["conference", "forum", "room__venue"],
    prefetch=["speakings__person", "speakings__organization"],
)
