from django.db import migrations, models

from portal.indexing import AddIndexBesideWriters


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("portal", "0023_walk_in_key")]

    operations = [
        AddIndexBesideWriters(
            model_name="occasion",
            index=models.Index(
                fields=["published_at", "starts_at", "time_zone"], name="portal_occa_publish_af3b4e_idx"
            ),
        ),
    ]
