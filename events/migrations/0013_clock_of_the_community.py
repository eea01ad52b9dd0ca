"""The clock of what is new is the community's, by its setting. Databases know nothing of such defaults."""

from django.db import migrations, models

from portal.models.places import default_time_zone, validate_time_zone


def clock():
    return models.CharField(
        default=default_time_zone, max_length=40, validators=[validate_time_zone], verbose_name="time zone"
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0012_booths_given_back")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("historicalconference", "time_zone", clock()),
            ]
        )
    ]
