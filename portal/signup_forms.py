"""What every public form of a sign-up is made of: fields that keep robots out, consents, questions off or on.

It asks nothing of a screen reader that it does not say, and no service of others.
"""

from contextlib import contextmanager

from django import forms
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import limits
from portal.form_values import shown
from portal.models import PrivacyNotice, SignupAttempt
from portal.models.signups import Consent
from portal.refused import Refused

SALT = "portal.signup_forms"
FASTEST = 3  # seconds; nobody reads and fills in a form in less
LONGEST = 24 * 3600
AHEAD = -60  # so far may the clocks of several machines be apart


class Guarded(forms.Form):
    """Refuses what no person sends: a trap filled in, a form sent too fast, too many from one place.

    Whoever saves what it asks for does so within `noted()`.
    """

    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.initial["opened"] = signing.TimestampSigner(salt=SALT).sign("opened")

    def clean(self):
        cleaned_data = super().clean()
        if cleaned_data.pop("website", ""):
            self.add_error(None, _("The field that must stay empty was filled in. Please empty it and send again."))
        self._check_time(cleaned_data.pop("opened", ""))
        if not self.errors:
            self.marks = limits.marks_of(self.request, cleaned_data.get("email", ""))
            if self.marks is None:
                self.add_error(
                    None, _("Too many forms came from your address or network. Please send it again in an hour.")
                )
        return cleaned_data

    @contextmanager
    def noted(self):
        """Note that the form was sent, in one transaction with what is done within, so that nobody waits twice.

        What is refused within is not counted.
        """
        with transaction.atomic():
            SignupAttempt.objects.bulk_create(self.marks)
            yield

    def written(self):
        """What was typed or chosen, as pairs of a label and its text, for whoever would otherwise have lost it."""
        fields = (bound for bound in self.visible_fields() if not isinstance(bound.field, forms.BooleanField))
        told = ((bound.label, shown(bound.field, bound.value())) for bound in fields if bound.name != "website")
        return [(label, text) for label, text in told if text]

    def _check_time(self, opened):
        try:
            has_been_read = _is_older(opened, FASTEST)
            is_of_now = _is_older(opened, AHEAD) and not _is_older(opened, LONGEST)
        except signing.BadSignature:
            has_been_read = is_of_now = False
        if not is_of_now:  # the page then gets a new mark; that of a clock that was put back would hold for too long
            self.data = self.data.copy()
            self.data[self.add_prefix("opened")] = self.initial["opened"]
            self.add_error(None, _("This page was open for too long. Nothing is lost: please send it again."))
        elif not has_been_read:
            self.add_error(None, _("That was faster than a person can be. Please send it again."))


def _is_older(opened, seconds):
    """Return whether a form was opened longer ago than that; raises BadSignature for a mark that is none of ours."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(opened, max_age=seconds)
    except signing.SignatureExpired:
        return True
    return False


class SignupForm(Guarded):
    """Signs somebody up without an account: by an address to confirm, to which everything else goes."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("We will send you a link to confirm. With it you can come back here at any time."),
    )

    def is_taken(self, language):
        """Save a form that is filled in; return whether it was. Where it was refused, the reason stands on the form."""
        if not self.is_valid():
            return False
        try:
            self.save(language)
        except Refused as reason:
            self.add_error(None, str(reason))
        return not self.errors

    def save(self, language):
        """Hand what was told to its verb, within `noted()`; mails are in that language. Raises Refused."""
        raise NotImplementedError


class AgreeingToRun(forms.Form):
    """The one consent without which nobody can sign up; its box is not ticked."""

    agree_run = forms.BooleanField(label=gettext_lazy("I agree that my answers are used to run this event."))

    def consents(self):
        """Return what is agreed to: a dict of purpose -> the name for the roll of thanks (empty for others)."""
        return {Consent.Purpose.RUN: ""}


class Consenting(AgreeingToRun):
    """Consents, one box for each purpose, none of them ticked. Only the first is needed to sign up."""

    agree_credit = forms.BooleanField(
        label=gettext_lazy("Thank me in public, on the list of volunteers."), required=False
    )
    credit_name = forms.CharField(
        label=gettext_lazy("as"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("The name to be thanked by. Empty: the name above."),
    )
    agree_contact = forms.BooleanField(
        label=gettext_lazy("Write to me when the next one looks for volunteers."), required=False
    )

    def consents(self):
        data = self.cleaned_data
        agreed = super().consents()
        if data["agree_credit"]:
            agreed[Consent.Purpose.CREDIT] = data["credit_name"] or data["name"]
        if data["agree_contact"]:
            agreed[Consent.Purpose.CONTACT] = ""
        return agreed


def ask(form, questions):
    """Leave in the form, of the fields that are questions, those that are asked: pairs of name and whether required."""
    asked = dict(questions)
    for name in form.QUESTIONS:
        if name in asked:
            form.fields[name].required = asked[name]
        else:
            del form.fields[name]


def current_notice(notice=None):
    """Return the privacy notice that a form links to: its own, else the latest, else None."""
    return notice or PrivacyNotice.current()
