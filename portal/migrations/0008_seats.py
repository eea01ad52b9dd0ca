from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_imports")]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="told",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="registration",
            name="reminded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="reminded"),
        ),
    ]
