"""What a date and a number of a form may be at most: what the narrower of both databases, and the clock, can hold.

SQLite takes any number for days of retention, and the sum with a date then stops the daily chores; a calendar ends in
the year 9999, which a time zone or a day more leaves.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199


def sane_year(value):
    """Refuse a day or a moment that no event of a community is on; a validator."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Choose a year from %(first)d to %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
        )


def bounded(db_field, field):
    """Return the form's field of a column with what it may be at most."""
    if isinstance(db_field, models.DateField):  # moments are days, too
        field.validators.append(sane_year)
    elif isinstance(db_field, models.IntegerField) and not db_field.choices:
        _least, most = BaseDatabaseOperations.integer_field_ranges[db_field.get_internal_type()]
        field.validators.append(MaxValueValidator(most))
    return field
