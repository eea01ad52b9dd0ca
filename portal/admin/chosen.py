"""Rows that are chosen on a form, by keys alone: a database may refuse to be asked for a number longer than any."""

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField, ModelMultipleChoiceField

from portal.keys import key_in


class OneRow(ModelChoiceField):
    def to_python(self, value):
        if isinstance(value, str) and value not in self.empty_values and key_in(value) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return super().to_python(value)


class SomeRows(ModelMultipleChoiceField):
    def _check_values(self, value):
        for one in value:
            if isinstance(one, str) and key_in(one) is None:
                told = self.error_messages["invalid_pk_value"]
                raise ValidationError(told, code="invalid_pk_value", params={"pk": one})
        return super()._check_values(value)
