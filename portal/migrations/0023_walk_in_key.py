from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0022_clock_of_the_community"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="walk_in_key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("walk_in_key__isnull", False)),
                fields=("desk", "walk_in_key"),
                name="walk_in_counts_once",
            ),
        ),
    ]
