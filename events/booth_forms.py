"""What who would like a booth fills in."""

from django import forms
from django.utils.translation import gettext_lazy

from events import exhibiting
from events.submission_forms import InOneLanguageAtLeast, PublicForm, paragraphs
from portal.models.links import validate_web_address

TOLD = ("title_zh_hans", "title_en", "summary_zh_hans", "summary_en", "url", "people", "phone", "needs")
ABOUT = ("url", "people", "phone", "needs")


class BoothForm(InOneLanguageAtLeast):
    """The stand; a base for applying and for changing."""

    TEXTS = {"title": True, "summary": True}

    title_zh_hans = forms.CharField(
        label=gettext_lazy("Name of the booth in Chinese"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Of the community, project or company."),
    )
    title_en = forms.CharField(label=gettext_lazy("Name of the booth in English"), max_length=160, required=False)
    summary_zh_hans = forms.CharField(
        label=gettext_lazy("What you show, in Chinese"), max_length=600, required=False, widget=paragraphs(3)
    )
    summary_en = forms.CharField(
        label=gettext_lazy("What you show, in English"), max_length=600, required=False, widget=paragraphs(3)
    )
    url = forms.URLField(
        label=gettext_lazy("Web address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[validate_web_address],
    )
    people = forms.IntegerField(label=gettext_lazy("People at the booth"), required=False, min_value=1, max_value=200)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("For the days of setting up. Never public."),
    )
    needs = forms.CharField(
        label=gettext_lazy("What you need"),
        max_length=1000,
        required=False,
        widget=paragraphs(3),
        help_text=gettext_lazy("Tables, power, network. Never public."),
    )

    def told(self):
        return {name: self.cleaned_data[name] for name in TOLD}

    def about(self):
        """The fields besides the texts, for the template."""
        return [self[name] for name in ABOUT]


class ApplyForBoothForm(PublicForm, BoothForm):
    """The public form; whoever is known already is not told so."""

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.call = call
        self.put_in_order(*self.in_both(), *ABOUT, "name", "email")

    def save(self, language):
        """Hand the application to its verb; raises Refused where the call has closed."""
        whose = {"name": self.cleaned_data["name"], "email": self.cleaned_data["email"], "language": language}
        with self.noted():
            exhibiting.apply_for(self.call, consents=self.consents(), **whose, **self.told())


class ChangeBoothForm(BoothForm):
    def __init__(self, *args, application, **kwargs):
        self.application = application
        super().__init__(*args, initial={name: getattr(application, name) for name in TOLD}, **kwargs)

    def save(self):
        exhibiting.change(self.application, **self.told())
