"""Calls for proposals, and the review of what is proposed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events import availability, casting, named_speakers, proposing, submitting
from events import submission_review as review
from events.admin.submissions import SubmissionAdmin, word_of
from events.models import Conference, Forum, Proposal, ProposalCall, ProposalReview
from events.models.proposals import PROPOSED_KINDS
from events.proposal_forms import SPOKEN
from events.submitting import UNDECIDED, State
from portal.admin.forms import PartForm
from portal.admin.languages import both
from portal.admin.parts import OwnedAdmin
from portal.admin.times import TimesOfOccasion
from portal.keys import key_in
from portal.scope import edits

PER_PAGE = 50
REVIEWS = "events.view_proposal"
SCALE = range(ProposalReview.LOWEST, ProposalReview.HIGHEST + 1)


class ProposalCallForm(PartForm):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("kinds of session"), choices=PROPOSED_KINDS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "forums" in self.fields:
            self.fields["forums"].queryset = Forum.objects.filter(conference=self.instance.conference_id)


@admin.register(ProposalCall)
class ProposalCallAdmin(TimesOfOccasion, OwnedAdmin):
    form = ProposalCallForm
    list_display = ["__str__", "parent_link", "opens_at", "closes_at", "proposals"]
    column_permissions = {"proposals": REVIEWS}
    search_fields = both("title", "conference__title")
    fieldsets = [
        (None, {"fields": ["title", ("opens_at", "closes_at"), "forums", "takes_without_forum"]}),
        (gettext_lazy("Text"), {"fields": ["body"]}),
        (gettext_lazy("What is asked"), {"fields": ["kinds", "lengths"]}),
        (gettext_lazy("Rules"), {"fields": ["notice", "retention_days"]}),
    ]

    @admin.display(description=gettext_lazy("proposals"))
    def proposals(self, row):
        return format_html('<a href="{}">{}</a>', _review_of(row), _("Review"))

    def tools(self, request, row):
        tools = super().tools(request, row)
        if not request.user.has_perm(REVIEWS) or not edits(request, row):
            return tools
        return [*tools, {"label": _("Review"), "url": _review_of(row)}]


def _accept(self, proposal, request):
    """Take it, each speaker as the person that was chosen among those of the name; anything else is a new profile."""
    people = {
        key: one
        for key, found in casting.alike(proposal.speakers.all(), request.user).items()
        for one in found
        if request.POST.get(f"person{key}") == str(one.pk)
    }
    proposing.accept(proposal, request.user, people, word_of(request))


def _decided(verb):
    def decide(self, proposal, request):
        proposing.refuse_own(proposal, request.user)
        verb(proposal, word_of(request))

    return decide


@admin.register(Proposal)
class ProposalAdmin(SubmissionAdmin):
    """One proposal, with what reviewers think and what is answered. The list leads to the review."""

    list_display = ["__str__", "forum", "standing", "call"]
    list_select_related = ["forum", "call__conference"]
    search_fields = ["title_zh_hans", "title_en", "name"]
    change_form_template = "admin/events/proposals/proposal.html"
    change_list_template = "admin/events/proposals/list.html"
    answers = {
        "accept": (pgettext_lazy("submission", "Accept"), _accept),
        "wait": (gettext_lazy("Put on the waiting list"), _decided(submitting.wait)),
        "decline": (gettext_lazy("Decline"), _decided(submitting.decline)),
        "reopen": (gettext_lazy("Take “declined” back"), _decided(submitting.reopen)),
    }
    fieldsets = [
        (None, {"fields": ["title_zh_hans", "title_en", "forum", "standing", "state_changed_at", "session"]}),
        (
            gettext_lazy("Session"),
            {"fields": ["abstract_zh_hans", "abstract_en", "kind", "minutes", "level", "spoken_in"]},
        ),
        (gettext_lazy("Only for reviewers"), {"fields": ["there", "notes", "name", "email", "answer"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "spoken_in"]

    @admin.display(description=gettext_lazy("language of the session"))
    def spoken_in(self, row):
        return dict(SPOKEN).get(row.spoken, row.spoken)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            path("review/", wrap(self.review), name="proposals-review"),
            path("<key:pk>/score/", wrap(self.score), name="proposal-score"),
            path("<key:pk>/move/", wrap(self.move), name="proposal-move"),
            path("<key:pk>/leave-out/", wrap(self.leave_out), name="proposal-leave-out"),
        ]
        return [*pages, *super().get_urls()]

    def review(self, request):
        """What is proposed to the user's forums, with scores and comments; as many queries for one as for fifty."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        chosen = review.Filter.of(request.GET)
        page = Paginator(review.listed(review.proposals_of(request.user, chosen)), PER_PAGE)
        query = request.GET.copy()
        query.pop("page", None)
        counted = review.counts(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review of proposals"),
            "opts": self.opts,
            "chosen": chosen,
            "page": page.get_page(request.GET.get("page")),
            "states": [(state, state.label, counted[state]) for state in State if counted.get(state)],
            "calls": ProposalCall.objects.filter(proposals__in=Proposal.objects.editable_by(request.user))
            .select_related("conference")
            .distinct(),
            "forums": Forum.objects.filter(proposals__in=Proposal.objects.editable_by(request.user)).distinct(),
            "query": query.urlencode(),
        }
        return TemplateResponse(request, "admin/events/proposals/review.html", context)

    def score(self, request, pk):
        """Write down the user's own score and comment; then the next one, where they ask for it."""
        proposal = self.to_answer(request, pk)
        if request.method != "POST":
            return self.back(pk)
        score = key_in(request.POST.get("score"))
        number = score if score in SCALE else None
        comment = request.POST.get("comment", "").strip()[:2000]
        done = self.attempt(
            request, proposal, "review", lambda: proposing.review(proposal, request.user, number, comment), _("Saved.")
        )
        following = review.next_unscored(request.user, proposal) if done and "next" in request.POST else None
        return self.back(following.pk if following else pk)

    def move(self, request, pk):
        """Give it to another forum, as who organizes the conference."""
        proposal = self.to_answer(request, pk)
        if not _organizes(request.user, proposal):
            raise PermissionDenied
        if request.method == "POST":
            key = key_in(request.POST.get("forum"))
            forum = get_object_or_404(proposal.call.conference.forums, pk=key) if key is not None else None
            self.attempt(request, proposal, "moved", lambda: proposing.move(proposal, forum), _("Moved."))
        return redirect(reverse("admin:events_proposal_change", args=[pk]))

    def leave_out(self, request, pk):
        """Take out a speaker who does not want to be one."""
        proposal, speaker = self.to_answer(request, pk), key_in(request.POST.get("speaker"))
        if speaker is not None:
            taken_out = _("The speaker has been removed.")
            self.attempt(request, proposal, "left out", lambda: named_speakers.leave_out(proposal, speaker), taken_out)
        return redirect(reverse("admin:events_proposal_change", args=[pk]))

    @admin.display(description=gettext_lazy("can be there"))
    def there(self, row):
        return availability.in_words(row.call.conference, row.available) or "—"

    def choices(self, row):
        names = {State.SUBMITTED: ("accept", "wait", "decline"), State.WAITING: ("accept", "decline")}
        names |= {State.DECLINED: ("reopen",)}
        return [(name, self.answers[name][0]) for name in names.get(row.state, ())]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        speakers = list(obj.speakers.select_related("person"))
        reviews = list(obj.reviews.select_related("reviewer").order_by("written_at"))
        alike = casting.alike(speakers, request.user) if obj.state in UNDECIDED else {}
        own = next((one for one in reviews if one.reviewer_id == request.user.pk), None)
        is_movable = obj.state in UNDECIDED and _organizes(request.user, obj)
        context |= {
            "speakers": [(speaker, alike.get(speaker.pk, [])) for speaker in speakers],
            "reviews": reviews,
            "own": own,
            "scale": SCALE,
            "is_undecided": obj.state in UNDECIDED,
            "forums": obj.call.conference.forums.all() if is_movable else [],
            "review_url": reverse("admin:proposals-review"),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _review_of(call):
    return f"{reverse('admin:proposals-review')}?call={call.pk}"


def _organizes(user, proposal):
    return Conference.objects.editable_by(user).filter(pk=proposal.call.conference_id).exists()
