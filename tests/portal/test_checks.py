"""What can never be true is refused on a form, also where the database cannot tell since a column is NULL."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Booth, Organizing, Speaking
from portal.models import AwardRecipient, Part
from tests.make import a_conference, a_meetup, a_person, a_series, a_session, a_venue, an_award, an_organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    "nobody",
    [
        lambda: Part(occasion=a_meetup(), role="welcome"),
        lambda: AwardRecipient(award=an_award(a_meetup())),
        lambda: Speaking(session=a_session()),
        lambda: Organizing(series=a_series()),
    ],
)
def test_an_appearance_is_somebodys(nobody):
    row = nobody()
    with pytest.raises(ValidationError, match="Choose a person"):
        row.full_clean()

    row.name_then_en = "Ming"
    row.full_clean()
    row.name_then_en, row.person = None, a_person()
    row.full_clean()


def test_a_project_may_speak_for_itself():
    Speaking(session=a_session(), organization=an_organization()).full_clean()


def test_a_booth_has_a_name():
    booth = Booth(conference=a_conference())
    with pytest.raises(ValidationError, match="write a title"):
        booth.full_clean()

    booth.title_zh_hans = "贴纸"
    booth.full_clean()


@pytest.mark.parametrize("make", [a_meetup, a_venue])
@pytest.mark.parametrize(
    ("latitude", "longitude", "is_somewhere"),
    [(None, None, True), ("30.5", "104", True), ("30.5", None, False), (None, "104", False), ("91", "104", False)],
)
def test_a_place_has_both_coordinates_or_neither(make, latitude, longitude, is_somewhere):
    row = make()
    row.latitude, row.longitude = latitude, longitude
    if is_somewhere:
        row.full_clean()
    else:
        with pytest.raises(ValidationError, match="or neither"):
            row.full_clean()
