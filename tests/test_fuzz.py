"""A short round of what `bin/prove fuzz` does at length."""

import pytest
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import openapi
from schemathesis.specs.openapi.checks import positive_data_acceptance

from events.importing import import_programme
from tests import admin_fuzz, fuzzing
from tests.make import a_conference, a_meetup, a_session

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
