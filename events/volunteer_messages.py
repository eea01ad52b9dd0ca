"""A coordinator's own words to a group."""

from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea({"rows": 10}))

    def clean_subject(self):
        return " ".join(self.cleaned_data["subject"].split())


def preview(application, subject, text):
    """Return the mail as the first of the group would get it."""
    context = {"application": application, "call": application.call, "subject": subject, "text": text}
    with translation.override(application.language):
        return render_to_string("emails/volunteering/message.txt", context)
