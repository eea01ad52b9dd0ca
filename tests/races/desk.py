"""Many people at one desk: what each process of `tests.seat_race` does, by the same verbs as the pages."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from meetups.models import Meetup
from portal import registering
from portal.models import Desk, Registration


def set_up(seats, people):
    """Make a desk of so many seats, and so many who registered and have not confirmed."""
    now = timezone.now()
    meetup = Meetup.objects.create(slug="race", title_en="Race", starts_at=now + timedelta(days=9), published_at=now)
    desk = Desk.objects.create(occasion=meetup, capacity=seats)
    told = [(f"p{number}", f"p{number}@example.org") for number in range(people)]
    Registration.objects.bulk_create(
        Registration(desk=desk, name=name, email=email, email_normalised=email, language="en", state="unconfirmed")
        for name, email in told
    )


def confirm(share, shares):
    """Confirm each registration of a share; return what went wrong."""
    rows = [row for row in Registration.objects.order_by("pk") if row.pk % shares == share]
    return tried([lambda row=row: registering.confirm(row) for row in rows])


def release(share, shares, how_many):
    """Release the seats of a share of the first so many who sit, as offers lapse; return what went wrong."""
    desk = Desk.objects.get()
    seated = list(Registration.objects.filter(state="seated").order_by("pk"))[:how_many]

    def released(row):
        registering.release(row)
        registering.lapse_offers(desk, timezone.now() + timedelta(hours=25))

    return tried([lambda row=row: released(row) for row in seated if row.pk % shares == share])


def tried(steps):
    broken = []
    for step in steps:
        try:
            step()
        except Exception as problem:  # noqa: BLE001 - what must not happen is told
            broken.append(repr(problem))
    return broken


def standing():
    """Return dict: states (how many of each), taken (the desk's count), held (counted), line [(number, state)]."""
    line = Registration.objects.exclude(line_number=None).order_by("line_number")
    return {
        "states": Counter(Registration.objects.values_list("state", flat=True)),
        "taken": Desk.objects.get().taken,
        "held": sum(row.seats for row in Registration.objects.filter(state__in=["seated", "offered"])),
        "line": list(line.values_list("line_number", "state")),
    }
