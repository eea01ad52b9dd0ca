from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0024_years_by_index")]

    operations = [
        migrations.RemoveIndex(model_name="occasion", name="portal_occa_publish_1ae22e_idx"),
    ]
