"""Which call takes a proposal: for a forum, or for the conference as a whole."""

from django.db.models import Q


def calls_of(conference):
    """Return the calls, each with its `forums_taken` and whether it `takes_any`, the open ones first. Two queries."""
    found = list(conference.proposal_calls.prefetch_related("forums"))
    for call in found:
        call.conference = conference
        call.forums_taken = list(call.forums.all())
        call.takes_any = call.takes_without_forum or not call.forums_taken
        for forum in call.forums_taken:
            forum.conference = conference
    return sorted(found, key=_open_first)


def call_of_forum(conference, forum):
    """Return the call that takes proposals for a forum: the open one, else the last that did, else None."""
    return _best(conference, conference.proposal_calls.filter(forums=forum))


def call_without_forum(conference):
    return _best(conference, conference.proposal_calls.filter(Q(takes_without_forum=True) | Q(forums=None)))


def _best(conference, calls):
    found = list(calls.select_related("notice").distinct())
    for call in found:
        call.conference = conference
    return min(found, key=_open_first, default=None)


def _open_first(call):
    return (not call.is_open(), -call.closes_at.timestamp())
