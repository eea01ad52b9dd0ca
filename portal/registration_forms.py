"""What who wants a seat fills in: name and address, what the desk asks beyond, and companions by name."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import registering
from portal.models.registration import Asked
from portal.signup_forms import AgreeingToRun, SignupForm, ask

QUESTIONS = ("organization", "phone", "answer")


class SeatForm(forms.Form):
    """The answers of a guest; a base for registering and for changing."""

    QUESTIONS = QUESTIONS

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    organization = forms.CharField(
        label=gettext_lazy("Organization"), max_length=120, widget=forms.TextInput({"autocomplete": "organization"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    answer = forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 3}))
    companions = forms.CharField(
        label=gettext_lazy("Who comes with you"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    field_order = ["name", "email", *QUESTIONS, "companions"]

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk = desk
        ask(self, asked_by(desk))
        if "answer" in self.fields:
            self.fields["answer"].label = desk.question
        if desk.companions:
            self.fields["companions"].help_text = _("One name a line, at most %(most)s.") % {"most": desk.companions}
        else:
            del self.fields["companions"]

    def clean_companions(self):
        """Return the names as a list, as many as the desk allows."""
        names = [line.strip() for line in self.cleaned_data["companions"].splitlines() if line.strip()]
        if len(names) > self.desk.companions:
            raise forms.ValidationError(
                ngettext(
                    "You may bring %(most)s companion.", "You may bring %(most)s companions.", self.desk.companions
                )
                % {"most": self.desk.companions}
            )
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_("A name has at most 80 characters."))
        return names

    def answers(self):
        names = ("name", *QUESTIONS, "companions")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def shown(self):
        """The fields that a person fills in, in their order, for the template."""
        return [self[name] for name in self.field_order if name in self.fields]


class RegisterForm(SignupForm, AgreeingToRun, SeatForm):
    """The public form; whoever is known already is not told so."""

    def save(self, language):
        """Hand the registration to its verb; raises Refused where the desk has closed."""
        with self.noted():
            registering.request_seat(
                self.desk,
                email=self.cleaned_data["email"],
                language=language,
                consents=self.consents(),
                **self.answers(),
            )


class ChangeForm(SeatForm):
    """What a guest told, to be changed. The address stays: it is what the link is tied to."""

    def __init__(self, *args, registration, **kwargs):
        self.registration = registration
        told = {name: getattr(registration, name) for name in ("name", *QUESTIONS)}
        told["companions"] = "\n".join(registration.companions)
        super().__init__(*args, desk=registration.desk, initial=told, **kwargs)

    def save(self):
        """Raises Refused where more companions find no seat."""
        registering.change(self.registration, **self.answers())


def asked_by(desk):
    """Return the questions that a desk asks: pairs of the field's name and whether an answer is required."""
    asked = {"organization": desk.asks_organization, "phone": desk.asks_phone, "answer": desk.asks_question}
    if not desk.question:
        asked["answer"] = Asked.OFF
    return [(name, how == Asked.REQUIRED) for name, how in asked.items() if how != Asked.OFF]
