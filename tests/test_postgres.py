"""The portal runs on PostgreSQL as it does on SQLite."""

import psycopg

from tests.postgres import manage

MAKE_A_ROW = """
from portal.models import City
City.objects.create(slug="chengdu", name_en="Chengdu", name_zh_hans="成都", latitude=30.6, longitude=104.1)
"""


def test_migrations_and_rows_stand_on_postgresql(postgres):
    database = postgres.fresh_database()

    manage(database, "shell", "-v", "0", "-c", MAKE_A_ROW)

    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT slug, name_zh_hans FROM portal_city").fetchall() == [("chengdu", "成都")]


def test_each_test_gets_a_database_of_its_own(postgres):
    one, other = postgres.fresh_database(), postgres.fresh_database()

    manage(one, "shell", "-v", "0", "-c", MAKE_A_ROW)

    with psycopg.connect(other) as connection:
        assert connection.execute("SELECT count(*) FROM portal_city").fetchone() == (0,)


COUNT_WHAT_WAITS = """
from django.contrib.auth.models import User
from portal.models import City
from portal.translating import count_waiting
City.objects.create(slug="chengdu", name_en="Chengdu", latitude=30.6, longitude=104.1)
waiting = count_waiting(User.objects.create_superuser("chief"))
assert waiting[City] == {"zh-hans": 1, "en": 0}, waiting
"""


def test_what_waits_for_translators_is_one_question_on_postgresql_too(postgres):
    manage(postgres.fresh_database(), "shell", "-v", "0", "-c", COUNT_WHAT_WAITS)
