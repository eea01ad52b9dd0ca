"""A day and a minute on a form, by the browser's own input."""

from django import forms


class MomentInput(forms.DateTimeInput):
    """A day and a minute, in the time zone that is active."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"class": "moment", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A moment to the minute: one that was stored with seconds is not changed by showing it without."""

    widget = MomentInput

    def has_changed(self, initial, data):
        return (self.widget.format_value(self.prepare_value(initial)) or "") != (data or "")
