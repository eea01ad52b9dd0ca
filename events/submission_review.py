"""What reviewers see: proposals with their scores and comments, applications for booths, each by who may answer it.

Everything begins with what the user may edit: a producer's list knows the
proposals to their forums alone. The number of queries does not depend on how
many there are.
"""

from dataclasses import dataclass, replace

from django.db.models import Avg, Count, Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import BoothApplication, Proposal, ProposalReview
from events.submitting import UNDECIDED, State
from portal.keys import key_in

ORDERS = {
    "score": [F("average").desc(nulls_last=True), "pk"],
    "new": ["-pk"],
    "old": ["pk"],
}


@dataclass(frozen=True)
class Filter:
    """Which are listed: of a call, of a forum (or "none"), in a state, by words; and in what order."""

    call: str = ""
    forum: str = ""
    state: str = ""
    words: str = ""
    mine: str = ""
    order: str = "score"

    @classmethod
    def of(cls, query):
        chosen = cls(*(query.get(name, "").strip()[:80] for name in ("call", "forum", "state", "q", "mine", "order")))
        return chosen if chosen.order in ORDERS else replace(chosen, order="score")


def proposals_of(user, chosen=None):
    """Return the proposals that a user may answer, each with `average` (None or 1 to 5), `scores` and `is_scored`."""
    mine = ProposalReview.objects.filter(proposal=OuterRef("pk"), reviewer=user.pk, score__isnull=False)
    rows = Proposal.objects.editable_by(user).to_review()
    rows = rows.annotate(
        average=Avg("reviews__score"), scores=Count("reviews__score", distinct=True), is_scored=Exists(mine)
    )
    return _chosen(rows, chosen or Filter(), user)


def listed(proposals):
    """Return the queryset with what a line shows: speakers, and reviews with who wrote them."""
    reviews = ProposalReview.objects.select_related("reviewer").order_by("written_at")
    return proposals.select_related("forum", "call__conference", "session").prefetch_related(
        "speakers", Prefetch("reviews", reviews)
    )


def _chosen(rows, chosen, user):
    if (call := key_in(chosen.call)) is not None:
        rows = rows.filter(call=call)
    if (forum := key_in(chosen.forum)) is not None:
        rows = rows.filter(forum=forum)
    elif chosen.forum == "none":
        rows = rows.filter(forum=None)
    if chosen.state in State:
        rows = rows.filter(state=chosen.state)
    elif chosen.state == "undecided":
        rows = rows.filter(state__in=UNDECIDED)
    if chosen.mine == "unscored":
        rows = rows.filter(is_scored=False)
    if chosen.words:
        names = ("title_zh_hans", "title_en", "name")
        by_words = Q(pk__in=_speaking(chosen.words))
        for name in names:
            by_words |= Q(**{f"{name}__icontains": chosen.words})
        rows = rows.filter(by_words)
    return rows.order_by(*ORDERS[chosen.order])


def _speaking(words):
    speakers = Proposal._meta.get_field("speakers").related_model.objects
    return speakers.filter(name__icontains=words).values("proposal")


def counts(user):
    """Return a dict of state -> how many of the user's proposals are in it."""
    rows = Proposal.objects.editable_by(user).to_review().order_by()
    return dict(rows.values_list("state").annotate(Count("pk")))


def next_unscored(user, proposal):
    """Return the next undecided proposal that the user has not scored yet, or None."""
    waiting = proposals_of(user, Filter(state="undecided", mine="unscored", order="old")).exclude(pk=proposal.pk)
    return waiting.filter(pk__gt=proposal.pk).first() or waiting.first()


def waiting(user):
    """Return (words, count, address) of what waits for the user's answer, for the start page of the admin."""
    found = []
    for model, permission, words, address in (
        (Proposal, "events.change_proposal", _("proposals without an answer"), reverse("admin:proposals-review")),
        (
            BoothApplication,
            "events.change_boothapplication",
            _("applications for booths without an answer"),
            reverse("admin:events_boothapplication_changelist"),
        ),
    ):
        if not user.has_perm(permission):
            continue
        count = model.objects.editable_by(user).filter(state=State.SUBMITTED).count()
        if count:
            found.append((words, count, f"{address}?state=submitted"))
    return found
