import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """The DATABASE_URL of a migrated, empty database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").fresh_database()
    return request.getfixturevalue("sqlite_url")
