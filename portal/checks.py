"""Constraints that a form keeps more strictly than the database can."""

from django.db import models
from django.db.models.functions import Coalesce


class StrictCheck(models.CheckConstraint):
    """A check that refuses a form also where the answer is neither yes nor no.

    To SQL, `title > ''` is unknown where the title is NULL, and a check that is unknown is kept: so a database lets a
    row pass of which all columns are NULL.
    """

    def validate(self, *args, **kwargs):
        strict = models.CheckConstraint(
            condition=models.Q(Coalesce(self.condition, False, output_field=models.BooleanField())),
            name=self.name,
            violation_error_code=self.violation_error_code,
            violation_error_message=self.violation_error_message,
        )
        strict.validate(*args, **kwargs)
