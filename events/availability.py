"""When a proposer can be there: halves of the conference's days, which become spans of presence once it is accepted."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Presence
from portal import dates

LONGEST = 7  # days of a conference whose halves are asked for
NOON = time(13)


def halves_of(conference):
    """Return (value, words) of each half of a conference's days: "2026-10-24/am".

    None are asked for where its days are not known yet, or are too many.
    """
    is_known = conference.precision in conference.TO_THE_DAY
    first, last = dates.first_day(conference), dates.last_day(conference)
    if not is_known or (last - first).days >= LONGEST:
        return []
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    words = {"am": _("morning"), "pm": _("afternoon")}
    return [
        (f"{day.isoformat()}/{half}", f"{dates.written_days(day, day, get_language())} · {word}")
        for day in days
        for half, word in words.items()
    ]


def in_words(conference, available):
    """Return the halves of a proposal as one text; empty for all the time, and for days that are no longer its own."""
    return ", ".join(words for value, words in halves_of(conference) if value in available)


def spans(conference, available):
    """Return the (start, end) that the halves come to, those that touch as one; none for all the time."""
    values = [value for value, _words in halves_of(conference)]
    chosen = [value for value in values if value in available]
    if len(chosen) == len(values):
        return []
    found = []
    for begins, ends in (_hours(conference, value) for value in chosen):
        if found and found[-1][1] == begins:
            begins = found.pop()[0]
        found.append((begins, ends))
    return found


def be_there(proposal):
    """Write down when the speakers of an accepted proposal can be there, of whom nothing is known yet."""
    conference = proposal.call.conference
    known = set(conference.presences.values_list("person", flat=True))
    people = {one.person_id for one in proposal.speakers.all() if one.person_id} - known
    Presence.objects.bulk_create(
        Presence(conference=conference, person_id=person, starts_at=begins, ends_at=ends)
        for person in sorted(people)
        for begins, ends in spans(conference, proposal.available)
    )


def _hours(conference, value):
    """Return when a half begins and ends, by the conference's clock."""
    day, half = value.split("/")
    day = date.fromisoformat(day)
    morning, noon = (datetime.combine(day, hour, conference.tzinfo) for hour in (time(), NOON))
    midnight = datetime.combine(day + timedelta(days=1), time(), conference.tzinfo)
    return (morning, noon) if half == "am" else (noon, midnight)
