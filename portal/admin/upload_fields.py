"""The field of a form in which a file is chosen that is read at once."""

from django import forms
from django.utils.translation import gettext as _


class SmallFileField(forms.FileField):
    """Takes a file of at most `largest` bytes."""

    def __init__(self, *, largest, **kwargs):
        super().__init__(**kwargs)
        self.largest = largest

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload.size > self.largest:
            raise forms.ValidationError(_("Expected at most %(most)d MB.") % {"most": self.largest // 1_000_000})
        return upload
