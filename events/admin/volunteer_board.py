"""The coordinator's pages of a call, in the admin: the board, the roster, exports, messages, the door."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import volunteer_actions as actions
from events import volunteer_exports as exports
from events.models import Application, Assignment, VolunteerCall
from events.volunteer_board import Board, Filter
from events.volunteer_messages import MessageForm, preview
from events.volunteering import merging, placing, reminding, swapping
from portal import calendars, spreadsheets
from portal.keys import keys_in
from portal.models.signups import IllegalMove
from portal.refused import Refused

PER_PAGE = 50
SEES_BOARD = "events.view_application"
MARKS = {
    "here": placing.check_in,
    "not-here": lambda assignment: placing.check_in(assignment, came=False),
    "missing": placing.mark_no_show,
    "not-missing": lambda assignment: placing.mark_no_show(assignment, missing=False),
    "cancel": placing.cancel_assignment,
}
CHANGED = gettext_lazy("This has changed in the meantime. Here is how it stands now.")

# Of two hundred who were refused for one reason, so many are told by name.
NAMED = 10


def _as_seen(place, shift):
    """Return what a form says of a place of a shift, so that a second press does not swap it back."""
    return f"{place.pk}-{shift.pk}"


class BoardPages:
    """The addresses of the board, mixed into the admin of calls."""

    def get_urls(self):
        pages = [
            ("board", self.board),
            ("board/act", self.act),
            ("roster", self.roster),
            ("roster.ics", self.calendar),
            ("export.csv", self.export_csv),
            ("export.xlsx", self.export_xlsx),
            ("message", self.message),
            ("merge", self.merge),
            ("swap", self.swap),
            ("cancel-shift", self.cancel_shift),
        ]
        urls = [
            path(
                f"<key:call>/{page}", self._of_call(view), name=f"volunteers-{page.replace('/', '-').replace('.', '-')}"
            )
            for page, view in pages
        ]
        mark = path("<key:call>/mark/<key:assignment>", self._of_call(self.mark), name="volunteers-mark")
        return [*urls, mark, *super().get_urls()]

    def _of_call(self, view):
        """Let in who coordinates a team of the call or organizes its conference; to others it does not exist."""

        @wraps(view)
        def of_call(request, call, **kwargs):
            if not request.user.has_perm(SEES_BOARD):
                raise PermissionDenied
            row = get_object_or_404(VolunteerCall.objects.select_related("conference"), pk=call)
            board = Board(row, request.user, Filter.of(request.GET))
            if not board.is_open_to_user:
                raise Http404("no such call")
            return view(request, board, **kwargs)

        return self.admin_site.admin_view(of_call)

    def board(self, request, board):
        page = Paginator(board.listed, PER_PAGE).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        context = {"page": page, "actions": actions.ACTIONS, "states": self._states(board), "query": query.urlencode()}
        return self._page(request, "admin/events/volunteers/board.html", board, _("Volunteers"), **context)

    def act(self, request, board):
        """Do an action to the chosen applications, or to all of the filter; tell of each what became of it."""
        action = request.POST.get("action", "")
        if request.method != "POST" or action not in actions.ACTIONS:
            return self._back(request, board)
        chosen = board.listed
        if request.POST.get("all") != "on":
            chosen = chosen.filter(pk__in=keys_in(request.POST.getlist("chosen")))
        role = self._own(request.POST.get("role"), [line.role for line in board.roles])
        shift = self._own(request.POST.get("shift"), board.shifts)
        self._tell(request, actions.act(board, action, list(chosen), role, shift))
        return self._back(request, board)

    def roster(self, request, board):
        swapped = self._pair(request.GET, board)
        context = {"swapped": None if None in swapped else swapped}
        return self._page(request, "admin/events/volunteers/roster.html", board, _("Roster"), **context)

    def calendar(self, request, board):
        content = calendars.calendar(exports.entries(board), str(board.call), exports.address_of(board.call))
        return HttpResponse(content, content_type=calendars.CONTENT_TYPE)

    def export_csv(self, request, board):
        return self._file(
            spreadsheets.as_csv(*exports.table(board)), "text/csv; charset=utf-8", f"{board.call.slug}.csv"
        )

    def export_xlsx(self, request, board):
        return self._file(spreadsheets.as_xlsx(*exports.table(board)), spreadsheets.XLSX, f"{board.call.slug}.xlsx")

    def message(self, request, board):
        """Write to the filtered group: first the number and a preview, then the mails."""
        group = [one for one in board.listed if one.email]
        form = MessageForm(request.POST or None)
        sample = None
        if form.is_valid() and group:
            if "send" in request.POST:
                sent = reminding.write_to(group, **form.cleaned_data)
                self.message_user(
                    request,
                    ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", sent)
                    % {"count": sent},
                )
                return self._back(request, board)
            sample = preview(group[0], **form.cleaned_data)
        context = {"form": form, "group": group, "sample": sample, "query": request.GET.urlencode()}
        return self._page(request, "admin/events/volunteers/message.html", board, _("Message"), **context)

    def merge(self, request, board):
        """Show who seems to have signed up twice, and merge two into one."""
        if request.method == "POST":
            pair = [self._own(request.POST.get(name), board.applications) for name in ("duplicate", "into")]
            if None in pair:
                raise Http404("no such application")
            said = _("Merged; both links lead to the one that is kept.")
            if self._try(request, lambda: merging.merge(*pair), said):
                actions.note(request.user, pair[1], f"merged #{pair[0].pk}")
            return redirect(request.get_full_path())
        groups = merging.duplicates(board.listed)
        return self._page(request, "admin/events/volunteers/merge.html", board, _("Duplicates"), groups=groups)

    def swap(self, request, board):
        """Let two volunteers swap shifts: whose, a link of the roster says; with whom, is chosen here."""
        place, other = self._pair(request.POST or request.GET, board)
        if place is None:
            self.message_user(request, CHANGED, messages.ERROR)
            return redirect("admin:volunteers-roster", board.call.pk)
        if request.method == "POST" and self._swapped(request, place, other):
            query = {"place": _as_seen(place, other.shift), "other": _as_seen(other, place.shift)}
            return redirect(reverse("admin:volunteers-roster", args=[board.call.pk], query=query))
        others = [one for one in board.swappable if one.application_id != place.application_id]
        others = [one for one in others if one.shift_id != place.shift_id]
        context = {"place": place, "others": others}
        return self._page(request, "admin/events/volunteers/swap.html", board, _("Swap a shift"), **context)

    def cancel_shift(self, request, board):
        """Call a shift off and tell those who hold it."""
        shift = self._own(request.POST.get("shift"), board.shifts)
        if shift is not None:
            told = placing.cancel_shift(shift)
            words = ngettext(
                "Cancelled; %(count)d person is notified.", "Cancelled; %(count)d people are notified.", told
            )
            self.message_user(request, words % {"count": told})
        return redirect("admin:volunteers-roster", board.call.pk)

    def mark(self, request, board, assignment):
        """One tap at the door: here, missing, and each taken back."""
        row = get_object_or_404(
            Assignment.objects.editable_by(request.user), pk=assignment, application__call=board.call
        )
        verb = request.POST.get("mark", "")
        if request.method == "POST" and verb in MARKS:
            done = self._try(request, lambda: MARKS[verb](row))
            if done:
                actions.note(request.user, row.application, f"{verb}: {row.shift or row.role}")
        return redirect(reverse("admin:volunteers-roster", args=[board.call.pk]) + f"#a{row.application_id}")

    def _pair(self, query, board):
        """Return the two places of a swap; None for one that is none to swap, or is in another shift than was seen."""
        places = {_as_seen(place, place.shift): place for place in board.swappable}
        return [places.get(query.get(name)) for name in ("place", "other")]

    def _swapped(self, request, place, other):
        """Swap the two, and tell what became of it; return whether it was done."""
        if other is None:
            self.message_user(request, _("Choose a shift of somebody else."), messages.ERROR)
            return False
        done = self._try(request, lambda: swapping.swap(place, other), _("Swapped; both are notified by mail."))
        if done:
            actions.note(request.user, place.application, f"swap: {place.shift} → {other.shift}")
            actions.note(request.user, other.application, f"swap: {other.shift} → {place.shift}")
        return done

    def _states(self, board):
        return [(state, state.label, board.counts[state]) for state in Application.State if board.counts.get(state)]

    def _own(self, key, rows):
        return next((row for row in rows if str(row.pk) == key), None)

    def _try(self, request, verb, said=""):
        try:
            verb()
        except Refused as reason:
            self.message_user(request, str(reason), messages.ERROR)
        except IllegalMove:
            self.message_user(request, CHANGED, messages.ERROR)
        else:
            if said:
                self.message_user(request, said)
            return True
        return False

    def _tell(self, request, outcome):
        for action, count in outcome.done.items():
            words = ngettext("%(action)s: %(count)d person.", "%(action)s: %(count)d people.", count)
            self.message_user(request, words % {"action": actions.ACTIONS[action].words, "count": count})
        for reason, names in outcome.refused.items():
            words = ngettext(
                "Not done for %(count)d person: %(reason)s (%(names)s)",
                "Not done for %(count)d people: %(reason)s (%(names)s)",
                len(names),
            )
            first = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
            self.message_user(
                request, words % {"count": len(names), "reason": reason, "names": first}, messages.WARNING
            )
        if not outcome.done and not outcome.refused:
            self.message_user(request, _("Nobody was chosen."), messages.WARNING)

    def _back(self, request, board):
        query = request.GET.urlencode()
        return redirect(reverse("admin:volunteers-board", args=[board.call.pk]) + (f"?{query}" if query else ""))

    def _file(self, content, content_type, name):
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _page(self, request, template, board, title, **context):
        context |= {**self.admin_site.each_context(request), "board": board, "call": board.call, "title": title}
        return TemplateResponse(request, template, {**context, "subtitle": str(board.call)})
