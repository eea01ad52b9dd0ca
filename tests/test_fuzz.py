"""A short round of what `bin/prove fuzz` does at length."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import openapi
from schemathesis.specs.openapi.checks import positive_data_acceptance

from events import bringing, proposing
from events.importing import import_programme
from tests import admin_fuzz, fuzzing, upload_fuzz
from tests.make import a_conference, a_meetup, a_proposal, a_session
from tests.organizers import an_organizer

pytestmark = pytest.mark.django_db


def test_almost_programmes_break_nothing():
    conference = a_conference()

    found = fuzzing.importers(4, then=lambda read_file: import_programme(conference, read_file))

    assert found["files"] > 20
    assert found["readable"]


@pytest.fixture
def operations(connection_outlives_requests):
    """What the description of the API says that one may ask."""
    a_session(a_conference(slug="openconf"))
    a_meetup()
    schema = openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [result.ok() for result in schema.get_all_operations()]


def test_any_question_is_answered_as_it_is_described(operations):
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        def ask(case):
            # Years of no community and a NUL are strings, and yet refused.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        ask()
    assert len(operations) == 18


def test_whatever_is_asked_of_the_admin_is_no_error_of_ours():
    done = admin_fuzz.broken(8)

    assert done["found"] == []
    assert done["asked"] > 20


@pytest.mark.django_db(transaction=True)
def test_whatever_a_guest_sends_as_a_photo_or_slides_is_no_error_of_ours(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    done = upload_fuzz.broken(4)

    assert done["found"] == []
    assert done["asked"] >= upload_fuzz.FEWEST


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["演" * 90 + ".pdf", "é" * 150 + ".pdf"])
def test_a_file_keeps_its_name_as_far_as_a_folder_holds_it(settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path
    proposal = a_proposal()
    proposal = proposing.accept(proposal, an_organizer(proposal.call.conference.series))

    material = bringing.add_slides(proposal, file=ContentFile(b"%PDF-1.7", name))

    kept = Path(material.file.path).name
    assert material.file.read() == b"%PDF-1.7"
    assert kept.endswith(".pdf")
    assert len(kept.encode()) <= 200
    assert name.startswith(kept.removesuffix(".pdf"))
