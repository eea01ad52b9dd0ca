"""The version before can serve while the new one migrates: no migration takes from it what it lives on."""

from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.db import migrations, models
from django.db.migrations import AddField, AlterField, CreateModel, RemoveField, RunPython, RunSQL
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext

from portal.indexing import AddIndexBesideWriters
from tests.additive import LAST_RELEASE, LOOKED_AT, judged, refused
from tests.tables_of import OURS

RELEASED = [
    CreateModel("Hall", [("id", models.BigAutoField(primary_key=True))]),
    CreateModel(
        "Sign",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("text", models.CharField(max_length=40)),
            ("place", models.CharField(max_length=40, null=True)),
            ("height", models.IntegerField(db_default=0)),
            ("hall", models.BigIntegerField(null=True)),
        ],
    ),
]


def a_release(*operations, atomic=True):
    """Return what is wrong with a migration of these operations, after a release that knows signs and halls."""
    state = ProjectState()
    for operation in RELEASED:
        operation.state_forwards("portal", state)
    migration = migrations.Migration("0002_more", "portal")
    migration.operations, migration.atomic = list(operations), atomic
    return judged(state, [migration]).get(("portal", "0002_more"), [])


def a_default():
    return "oak"


def fill(apps, schema_editor):
    """Something that a migration fills."""


def test_the_version_before_can_live_with_every_migration_since_the_last_release():
    assert set(LAST_RELEASE) == set(OURS)
    found = refused(LAST_RELEASE)

    assert {key: sentences for key, sentences in found.items() if key not in LOOKED_AT} == {}
    assert set(LOOKED_AT) - set(found) == set(), "looked at, and no longer wrong"


def test_it_would_have_told_of_the_migrations_that_came_before():
    found = refused({**LAST_RELEASE, "portal": "0018_photos_lacking_a_translation"})

    assert list(found) == [("portal", "0019_quicker_lists")]
    assert "writers wait for the index portal_occa_publish_1ae22e_idx" in found["portal", "0019_quicker_lists"][0]


WRONG = {
    "a column that the version before leaves out": (
        AddField("sign", "wood", models.CharField(max_length=9, default=a_default)),
        "portal_sign.wood: the version before cannot fill it",
    ),
    "a column of which only the first default fits": (
        AddField("sign", "code", models.CharField(max_length=9, unique=True, db_default="a")),
        "unique wants null",
    ),
    "a column that is dropped": (RemoveField("sign", "place"), "portal_sign.place is dropped or renamed"),
    "a column that is renamed": (
        migrations.RenameField("sign", "place", "spot"),
        "portal_sign.place is dropped or renamed",
    ),
    "a table that is dropped": (migrations.DeleteModel("Hall"), "portal_hall is dropped or renamed"),
    "a table that is renamed": (migrations.RenameModel("Hall", "Room"), "portal_hall is dropped or renamed"),
    "a table under another name": (migrations.AlterModelTable("hall", "halls"), "portal_hall is dropped or renamed"),
    "a shorter text": (AlterField("sign", "text", models.CharField(max_length=20)), "becomes varchar(20)"),
    "another type": (AlterField("sign", "height", models.BigIntegerField(db_default=0)), "becomes bigint"),
    "fewer values": (
        AlterField("sign", "height", models.PositiveIntegerField(db_default=0)),
        "portal_sign.height refuses values",
    ),
    "what was empty and may not be": (
        AlterField("sign", "place", models.CharField(max_length=40)),
        "portal_sign.place may be empty in the version before",
    ),
    "a default that is lost": (
        AlterField("sign", "height", models.IntegerField(default=0)),
        "portal_sign.height loses the default",
    ),
    "a column that becomes unique": (
        AlterField("sign", "text", models.CharField(max_length=40, unique=True)),
        "portal_sign.text becomes unique",
    ),
    "a column that becomes a reference": (
        AlterField("sign", "hall", models.ForeignKey("hall", models.CASCADE, null=True, db_column="hall")),
        "portal_sign.hall must point to portal_hall",
    ),
    "what is unique together": (
        migrations.AddConstraint("sign", models.UniqueConstraint(fields=["text", "place"], name="one_text_a_place")),
        "may write what one_text_a_place refuses",
    ),
    "what is unique together, in the older words": (
        migrations.AlterUniqueTogether("sign", {("text", "place")}),
        "may write what unique_together of text, place refuses",
    ),
    "what is unique by an expression": (
        migrations.AddConstraint("sign", models.UniqueConstraint(models.functions.Lower("text"), name="one_text")),
        "may write what one_text refuses",
    ),
    "a check": (
        migrations.AddConstraint(
            "sign", models.CheckConstraint(condition=models.Q(height__gt=0), name="sign_has_a_height")
        ),
        "may write what sign_has_a_height refuses",
    ),
    "an index for which writers wait": (
        migrations.AddIndex("sign", models.Index(fields=["text"], name="sign_by_text")),
        "writers wait for the index sign_by_text",
    ),
    "an index by another word": (
        AlterField("sign", "text", models.CharField(max_length=40, db_index=True)),
        "writers wait for the index text",
    ),
    "rows that are held to the end": (RunPython(fill, RunPython.noop), "alone in a migration with atomic = False"),
    "no way back": (RunPython(fill), "RunPython cannot be undone"),
    "SQL that nobody looked at": (RunSQL("DROP TABLE portal_sign", ""), "nobody can read from SQL what it does"),
    "a column that is forgotten and wants a value": (
        migrations.SeparateDatabaseAndState(state_operations=[RemoveField("sign", "text")]),
        "portal_sign.text stays and nobody fills it",
    ),
    "a column that is dropped behind the models": (
        migrations.SeparateDatabaseAndState(database_operations=[RemoveField("sign", "place")]),
        "portal_sign.place is dropped or renamed",
    ),
}


@pytest.mark.parametrize(("operation", "told"), WRONG.values(), ids=WRONG)
def test_it_is_told(operation, told):
    assert [sentence for sentence in a_release(operation) if told in sentence]


RIGHT = {
    "a table": CreateModel("Nail", [("id", models.BigAutoField(primary_key=True)), ("length", models.IntegerField())]),
    "a column that may be empty": AddField("sign", "wood", models.CharField(max_length=9, null=True)),
    "a column that the database fills": AddField("sign", "wood", models.CharField(max_length=9, db_default="oak")),
    "a reference that may be empty": AddField("sign", "room", models.ForeignKey("hall", models.CASCADE, null=True)),
    "a table between two": AddField("sign", "halls", models.ManyToManyField("hall")),
    "a longer text": AlterField("sign", "text", models.CharField(max_length=80)),
    "a text of any length": AlterField("sign", "text", models.TextField()),
    "other words": AlterField("sign", "text", models.CharField("what it says", max_length=40)),
    "a column that is forgotten and may be empty": migrations.SeparateDatabaseAndState(
        state_operations=[RemoveField("sign", "place")]
    ),
}


@pytest.mark.parametrize("operation", RIGHT.values(), ids=RIGHT)
def test_the_version_before_lives_on_with(operation):
    assert a_release(operation) == []


def test_what_no_version_that_serves_knows_may_be_ruled_and_changed():
    wood = models.CharField(max_length=9, null=True)
    ruled = [
        AddField("sign", "wood", wood),
        migrations.AddConstraint("sign", models.CheckConstraint(condition=~models.Q(wood=""), name="wood_has_a_name")),
        migrations.AddConstraint("sign", models.UniqueConstraint(fields=["text", "wood"], name="one_wood")),
        migrations.RenameField("sign", "wood", "material"),
        AlterField("sign", "material", models.CharField(max_length=5, null=True)),
    ]
    assert a_release(*ruled) == []
    assert a_release(*ruled, AlterField("sign", "material", models.CharField(max_length=5))) != []


def test_rows_are_filled_in_a_migration_of_their_own():
    filling = RunPython(fill, RunPython.noop)

    assert a_release(filling, atomic=False) == []
    assert a_release(filling, AddField("sign", "wood", models.TextField(null=True)), atomic=False) != []


def test_an_index_beside_writers_is_no_reason_to_wait():
    by_text = AddIndexBesideWriters("sign", models.Index(fields=["text"], name="sign_by_text"))
    assert a_release(by_text, atomic=False) == []


BY_HEIGHT = models.Index(fields=["height"], name="sign_by_height")


@contextmanager
def an_index_beside_writers(connection):
    """Make an index on the table of signs, as a migration would, and undo it at the end of the with statement."""
    before = ProjectState()
    for operation in RELEASED:
        operation.state_forwards("portal", before)
    after, operation = before.clone(), AddIndexBesideWriters("sign", BY_HEIGHT)
    operation.state_forwards("portal", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("portal", editor, before, after)
        yield
        operation.database_backwards("portal", editor, after, before)


@pytest.fixture
def signs(db, postgres):
    """A connection of Django's to a PostgreSQL that has a table of signs, and one that does not go through Django."""
    name = f"signs_{uuid4().hex}"
    postgres.create(name)
    settings = {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": "postgres"}
    ours = ConnectionHandler({"default": {**settings, "HOST": "127.0.0.1", "PORT": postgres.port}})["default"]
    with psycopg.connect(postgres.url(name), autocommit=True) as other:
        other.execute("CREATE TABLE portal_sign (height integer)")
        yield ours, other
    ours.close()


VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'sign_by_height'::regclass"


def test_on_postgresql_an_index_is_made_while_another_writes(signs):
    ours, other = signs
    other.execute("CREATE INDEX sign_by_height ON portal_sign (height)")
    other.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'sign_by_height'::regclass")

    with CaptureQueriesContext(ours) as asked, an_index_beside_writers(ours):
        assert other.execute(VALID).fetchone() == (True,)

    assert [query["sql"].split(" IF ")[0].split(' "')[0] for query in asked] == [
        "DROP INDEX CONCURRENTLY",
        "CREATE INDEX CONCURRENTLY",
        "DROP INDEX CONCURRENTLY",
    ]


def test_on_sqlite_it_is_an_index_like_any_other(db):
    sqlite = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index'"
    with sqlite.cursor() as cursor:
        cursor.execute("CREATE TABLE portal_sign (height integer)")

        with an_index_beside_writers(sqlite):
            assert cursor.execute(indexes).fetchall() == [("sign_by_height",)]

        assert cursor.execute(indexes).fetchall() == []
