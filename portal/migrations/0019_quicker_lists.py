"""Occasions ordered by a column that an index has, and what ranks search results at a glance.

On SQLite an entry's row lies scattered behind its long texts; the index spares the search to read it for each match.
"""

from django.db import migrations, models

INDEX = "portal_searchentry_at_a_glance"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON portal_searchentry (id, visible_from, kind, weight, dated)")


def unmake(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("portal", "0018_photos_lacking_a_translation")]

    operations = [
        migrations.AlterModelOptions(
            name="occasion",
            options={
                "ordering": ["-starts_at", "-id"],
                "verbose_name": "occasion",
                "verbose_name_plural": "occasions",
            },
        ),
        migrations.AddIndex(
            model_name="occasion",
            index=models.Index(fields=["published_at", "starts_at"], name="portal_occa_publish_1ae22e_idx"),
        ),
        migrations.RunPython(make, unmake),
    ]
