"""What the admin of proposals and of applications for booths has in common: looking, and answering."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from events.admin.ending_links import EndsLinks
from events.admin.volunteering import ReadOnly
from events.models import Submission
from events.submitting import State
from events.volunteer_actions import note
from portal.admin.signups import ShowsState, StateFilter
from portal.models.signups import IllegalMove
from portal.refused import Refused

LONGEST_WORD = Submission._meta.get_field("answer").max_length


def word_of(request):
    """Return what was written to whoever is answered, as far as it may be long."""
    return request.POST.get("answer", "").strip()[:LONGEST_WORD]


class SubmissionAdmin(EndsLinks, ShowsState, ReadOnly):
    """Rows that verbs write. `answers` maps a name to (words, verb of a submission, the user and the posted data)."""

    answers = {}
    list_filter = [StateFilter]
    hidden_states = (State.UNCONFIRMED, State.ANONYMISED)

    def has_delete_permission(self, request, obj=None):
        """Deleting is the person's own, by their link, and takes along what became of it."""
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).to_review()

    @property
    def _name(self):
        return self.opts.model_name

    def get_urls(self):
        answer = path("<key:pk>/answer/", self.admin_site.admin_view(self.answer), name=f"{self._name}-answer")
        return [answer, *super().get_urls()]

    def to_answer(self, request, pk):
        """Return the submission of that key that the user may answer; raises Http404."""
        row = self.model.objects.editable_by(request.user).to_review().filter(pk=pk).first()
        if row is None or not self.may_answer(request):
            raise Http404("no such submission")
        return row

    def answer(self, request, pk):
        row = self.to_answer(request, pk)
        chosen = request.POST.get("do", "")
        if request.method == "POST" and chosen in self.answers:
            _words, verb = self.answers[chosen]
            self.attempt(request, row, chosen, lambda: verb(self, row, request))
        return self.back(pk)

    def attempt(self, request, row, what, verb, said=""):
        """Do something to a row, and tell what became of it; return whether it was done."""
        try:
            verb()
        except Refused as reason:
            self.message_user(request, str(reason), messages.ERROR)
        except IllegalMove:
            self.message_user(request, _("Its state has changed in the meantime; see below."), messages.ERROR)
        else:
            note(request.user, row, what)
            self.message_user(request, said or _("Done; they are notified by mail."), messages.SUCCESS)
            return True
        return False

    def back(self, pk):
        return redirect(f"admin:events_{self._name}_change", pk)

    def choices(self, row):
        """Return the answers that the row's state allows, as pairs of name and words."""
        raise NotImplementedError

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {
            "choices": self.choices(obj) if self.may_answer(request) else [],
            "answer_url": reverse(f"admin:{self._name}-answer", args=[obj.pk]),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)
