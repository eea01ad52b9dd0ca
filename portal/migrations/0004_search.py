"""The search index, and the full-text index that each database keeps over it by itself."""

from django.db import migrations, models

MAKE = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE portal_searchindex USING fts5(
            title_words, text_words,
            content='portal_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='1'
        )
        """,
        """
        CREATE TRIGGER portal_searchentry_added AFTER INSERT ON portal_searchentry BEGIN
            INSERT INTO portal_searchindex(rowid, title_words, text_words)
            VALUES (new.id, new.title_words, new.text_words);
        END
        """,
        """
        CREATE TRIGGER portal_searchentry_removed AFTER DELETE ON portal_searchentry BEGIN
            INSERT INTO portal_searchindex(portal_searchindex, rowid, title_words, text_words)
            VALUES ('delete', old.id, old.title_words, old.text_words);
        END
        """,
        """
        CREATE TRIGGER portal_searchentry_changed AFTER UPDATE ON portal_searchentry BEGIN
            INSERT INTO portal_searchindex(portal_searchindex, rowid, title_words, text_words)
            VALUES ('delete', old.id, old.title_words, old.text_words);
            INSERT INTO portal_searchindex(rowid, title_words, text_words)
            VALUES (new.id, new.title_words, new.text_words);
        END
        """,
    ],
    "postgresql": [
        """
        ALTER TABLE portal_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', text_words), 'B')
        ) STORED
        """,
        "CREATE INDEX portal_searchentry_vector ON portal_searchentry USING gin (vector)",
    ],
}
UNMAKE = {
    "sqlite": [
        "DROP TRIGGER portal_searchentry_changed",
        "DROP TRIGGER portal_searchentry_removed",
        "DROP TRIGGER portal_searchentry_added",
        "DROP TABLE portal_searchindex",
    ],
    "postgresql": ["ALTER TABLE portal_searchentry DROP COLUMN vector"],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_history")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.PositiveBigIntegerField()),
                ("titles", models.JSONField()),
                ("texts", models.JSONField()),
                ("whens", models.JSONField(default=dict)),
                ("path", models.CharField(max_length=300)),
                ("weight", models.SmallIntegerField(default=0)),
                ("dated", models.DateField(null=True)),
                ("visible_from", models.DateTimeField(db_index=True)),
                ("title_words", models.TextField()),
                ("text_words", models.TextField()),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_is_one_per_row")
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
