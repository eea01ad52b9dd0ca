"""What the forms of proposals and of applications for booths have in common."""

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events.models import SubmissionConsent
from portal.signup_forms import AgreeingToRun, SignupForm

Purpose = SubmissionConsent.Purpose


class InOneLanguageAtLeast(forms.Form):
    """Texts in Chinese, in English or in both; `TEXTS` maps each to whether one of the two must be there.

    A text that says the same in both languages is kept once, so that a missing translation is known for what it is.
    """

    TEXTS = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for text, is_required in self.TEXTS.items():
            if is_required:
                own, other = (self.fields[name] for name in self.columns(text))
                hint = own.help_text or other.help_text  # it stands with the field that is read first
                own.help_text = " ".join(filter(None, [str(hint), _("One language is enough.")]))
                other.help_text = ""

    def clean(self):
        cleaned_data = super().clean()
        for text, is_required in self.TEXTS.items():
            names = self.columns(text)
            told = [cleaned_data.get(name, "") for name in names]
            if is_required and not any(told) and not any(name in self.errors for name in names):
                self.add_error(names[0], _("Write this in one language at least."))
            if told[0] and told[0] == told[1]:
                cleaned_data[names[1]] = ""
        return cleaned_data

    def in_both(self):
        """Return the names of the fields of all texts, in the order of the page."""
        return [name for text in self.TEXTS for name in self.columns(text)]

    @staticmethod
    def columns(text):
        """Return the names of both fields of a text, the reader's language first."""
        own, other = ("zh_hans", "en") if get_language() == "zh-hans" else ("en", "zh_hans")
        return [f"{text}_{own}", f"{text}_{other}"]

    def texts(self):
        """The fields of all texts, for the template."""
        return [self[name] for name in self.in_both()]


class PublicForm(SignupForm, AgreeingToRun):
    """The public form: whose it is, and what they agree to."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"})
    )
    agree_publish = forms.BooleanField(
        label=gettext_lazy("I agree that what is accepted is shown in public, with the names that go with it.")
    )

    def put_in_order(self, *first):
        """Order the fields as the page shows them, so that it tells what is wrong in that order: consents come last."""
        consents = ("agree_run", "agree_publish")
        rest = [name for name in self.fields if name not in (*first, *consents)]
        self.order_fields([*first, *rest, *consents])

    def consents(self):
        return [Purpose.RUN, Purpose.PUBLISH]

    def whose(self):
        """The fields of name and address, for the template."""
        return [self["name"], self["email"]]


def paragraphs(rows, **attrs):
    return forms.Textarea({"rows": rows, **attrs})
