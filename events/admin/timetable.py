"""The board of a conference's schedule in the admin: a form of lines, and a grid on top of it where scripts run."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.conflicts import doubts_about
from events.moving import MovedMeanwhile, mark_of, move
from events.timetable_board import FIELDS, TimetableBoard, conferences_for
from portal.keys import key_in
from portal.scope import edits


def ways_to_the_board(user, conference):
    """Return the link to a board as a list of dicts of label and url, an empty one where it is not for the user."""
    url = reverse("admin:events_timetable", args=[conference.pk])
    is_theirs = conferences_for(user).filter(pk=conference.pk).exists()
    return [{"label": _("Make the schedule"), "url": url}] if is_theirs else []


class MakesTimetable:
    """For the conferences' admin. Whoever may fill the conference sees the board, and moves what they may edit."""

    def get_urls(self):
        pages = [("timetable", self.timetable), ("timetable/move", self.move_session)]
        urls = [
            path(f"<key:pk>/{page}/", self.admin_site.admin_view(view), name=f"events_{page.replace('/', '_')}")
            for page, view in pages
        ]
        return [*urls, *super().get_urls()]

    def tools(self, request, row):
        return [*super().tools(request, row), *ways_to_the_board(request.user, row)]

    def timetable(self, request, pk):
        board = self._board(request, pk)
        if request.method == "POST":
            self._move_changed(request, board)
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Schedule of %(row)s") % {"row": board.conference},
            "opts": self.opts,
            "original": board.conference,
            "board": board,
            "may_release": edits(request, board.conference),
            "doubts": doubts_about(board.conference),
        }
        return TemplateResponse(request, "admin/events/timetable.html", context)

    def move_session(self, request, pk):
        """Move one session for the grid; answer where it now is, and what now looks wrong."""
        board = self._board(request, pk)
        session = board.movable.get(key_in(request.POST.get("session")))
        if request.method != "POST" or session is None:
            raise PermissionDenied
        values = {name: request.POST.get(name, "") for name in FIELDS}
        status, told = 200, ""
        try:
            session = move(session, board.wanted(values), values["was"])
        except MovedMeanwhile as moved:
            session, status = moved.session, 409
            told = _("Someone else has just moved it; it is shown where they put it.")
        except ValidationError as error:
            status, told = 400, " ".join(error.messages)
        session.conference = board.conference
        doubts = render_to_string("admin/events/_doubts.html", {"doubts": doubts_about(board.conference)})
        return JsonResponse({"card": board.card(session), "told": told, "doubts": doubts}, status=status)

    def _board(self, request, pk):
        conference = conferences_for(request.user).filter(pk=pk).first()
        if conference is None:
            raise PermissionDenied
        return TimetableBoard(conference, request.user)

    def _move_changed(self, request, board):
        """Move each session whose line was changed; tell of each that could not be."""
        moved = 0
        for pk, session in board.movable.items():
            values = {name: request.POST.get(f"{pk}-{name}", "") for name in FIELDS}
            if not values["was"] or self._stands(board, session, values):
                continue
            try:
                move(session, board.wanted(values), values["was"])
                moved += 1
            except MovedMeanwhile:
                told = _("Someone else has just moved “%(title)s”; it is shown where they put it.")
                self.message_user(request, told % {"title": session}, messages.ERROR)
            except ValidationError as error:
                told = f"“{session}”: {' '.join(error.messages)}"
                self.message_user(request, told, messages.ERROR)
        if moved:
            told = ngettext("%(n)s session moved.", "%(n)s sessions moved.", moved)
            self.message_user(request, told % {"n": moved}, messages.SUCCESS)

    @staticmethod
    def _stands(board, session, values):
        """Whether a line was left as it was sent out."""
        line = board.line(session)
        shown = {"day": line.day, "from": line.starts, "to": line.ends, "room": str(session.room_id or "")}
        return all(values[name] == value for name, value in shown.items()) and values["was"] == mark_of(session)
