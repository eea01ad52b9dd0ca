"""Years of occasions at the ends of the calendar, where no clock can be moved further."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.models import Occasion
from tests.make import a_conference

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts_at", "year"),
    [(datetime(9999, 12, 31, 10, tzinfo=UTC), 9999), (datetime(1, 1, 1, 2, tzinfo=UTC), 1)],
)
def test_a_date_at_an_end_of_the_calendar_has_its_year(client, starts_at, year):
    far = a_conference(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), time_zone="Asia/Shanghai")

    assert year in Occasion.objects.years()
    assert list(Occasion.objects.of_year(year)) == [far.occasion_ptr]
    assert not Occasion.objects.of_year(year - 1 or 2).exists()
