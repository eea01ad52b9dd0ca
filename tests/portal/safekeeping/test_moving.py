"""From SQLite to PostgreSQL with one command."""

import io

import psycopg
import pytest
from django.core.management import CommandError, call_command

from tests.make import a_meetup, a_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]


def test_every_row_is_moved_and_proved(postgres, capsys):
    a_person(name_zh_hans="庄表伟", slug="zhuang")
    a_meetup()
    url = postgres.fresh_database()

    call_command("move_database", url)

    assert "Moved, and the same" in capsys.readouterr().out
    with psycopg.connect(url) as database:
        assert database.execute("SELECT name_zh_hans FROM portal_person WHERE slug = 'zhuang'").fetchone() == (
            "庄表伟",
        )
        (found,) = database.execute(
            "SELECT count(*) FROM portal_searchentry WHERE vector @@ '庄表'::tsquery"
        ).fetchone()
        assert found == 1


@pytest.mark.parametrize("address", ["portal", "nonsense://portal"])
def test_an_address_of_no_database_is_told_with_one_that_is(address):
    with pytest.raises(CommandError, match=r"postgres://name:password@host"):
        call_command("move_database", address)


def test_a_database_in_use_and_one_that_is_not_there_are_told(postgres):
    a_person()
    url = postgres.fresh_database()
    call_command("move_database", url)

    with pytest.raises(CommandError, match="is not empty"):
        call_command("move_database", url)
    with pytest.raises(CommandError, match="does not exist"):
        call_command("move_database", postgres.url("nowhere"))


def test_the_address_with_its_password_may_come_by_the_input(postgres, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{postgres.url('nowhere')}\n"))

    with pytest.raises(CommandError, match="does not exist"):
        call_command("move_database")
