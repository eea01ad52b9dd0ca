"""What volunteers fill in: five basics, what the call asks beyond them, and what they agree to."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Application, Role, VolunteerCall
from events.volunteer_calls import filled
from events.volunteering import applying
from portal.models.signups import Consent
from portal.signup_forms import Consenting, SignupForm, ask

RANKS = ("role", "second_role", "third_role")
SHIRT_SIZES = ("XS", "S", "M", "L", "XL", "XXL")
NOTHING = [("", "—")]
ANSWERS = ("name", "city", "availability", "age_band", *VolunteerCall.QUESTIONS, "note")
AgeBand = Application.AgeBand


class RoleChoice(forms.ModelChoiceField):
    """A role of the call, with how many places are filled and from which age."""

    def label_from_instance(self, role):
        label = f"{role} ({filled(role)})"
        return f"{label} · {role.minimum_age}+" if role.minimum_age else label


class VolunteerForm(Consenting):
    """The answers of a volunteer to a call; a base for applying and for changing."""

    QUESTIONS = VolunteerCall.QUESTIONS

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    city = forms.CharField(
        label=gettext_lazy("City you come from"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    role = RoleChoice(label=gettext_lazy("What you would like to do"), queryset=Role.objects.none(), empty_label="—")
    second_role = RoleChoice(
        label=gettext_lazy("Second choice"), queryset=Role.objects.none(), required=False, empty_label="—"
    )
    third_role = RoleChoice(
        label=gettext_lazy("Third choice"), queryset=Role.objects.none(), required=False, empty_label="—"
    )
    availability = forms.CharField(
        label=gettext_lazy("When you can come"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("For example: both days; or Saturday from noon."),
    )
    age_band = forms.ChoiceField(
        label=gettext_lazy("Your age"),
        choices=[*NOTHING, *AgeBand.choices],
        required=False,
        help_text=gettext_lazy("Asked only because some roles have a minimum age."),
    )
    university = forms.CharField(label=gettext_lazy("University"), max_length=120)
    languages = forms.CharField(label=gettext_lazy("Languages you speak"), max_length=160)
    skills = forms.CharField(label=gettext_lazy("Skills"), max_length=300)
    shirt_size = forms.ChoiceField(
        label=gettext_lazy("T-shirt size"), choices=[*NOTHING, *((size, size) for size in SHIRT_SIZES)]
    )
    diet = forms.CharField(label=gettext_lazy("Diet, allergies"), max_length=160)
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    wechat = forms.CharField(label=gettext_lazy("WeChat id"), max_length=60)
    note = forms.CharField(
        label=gettext_lazy("Anything else"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    field_order = ["name", "email", "city", *RANKS, "age_band", "availability", *VolunteerCall.QUESTIONS, "note"]

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.call = call
        ask(self, call.questions())
        roles = Role.objects.filter(team__call=call, is_public=True).only("name", "taken", "maximum", "minimum_age")
        self.roles = list(roles)
        # Read, and put into words, once for the three of them.
        choices = [*NOTHING, *((role.pk, self.fields["role"].label_from_instance(role)) for role in self.roles)]
        for rank in RANKS:
            self.fields[rank].queryset = roles
            self.fields[rank].choices = choices
        for rank in RANKS[len(self.roles) :]:
            del self.fields[rank]
        if not any(role.minimum_age for role in self.roles):
            del self.fields["age_band"]

    def clean(self):
        cleaned_data = super().clean()
        wished = self.wished_roles()
        for rank in RANKS:
            if cleaned_data.get(rank) and wished.count(cleaned_data[rank]) > 1:
                self.add_error(rank, _("Choose another, or leave it empty."))
                break
        self._check_age(cleaned_data.get("age_band", ""), wished)
        return cleaned_data

    def is_full(self):
        """Whether every role is; for the template."""
        return bool(self.roles) and all(role.places_left <= 0 for role in self.roles)

    def wished_roles(self):
        return [self.cleaned_data[rank] for rank in RANKS if self.cleaned_data.get(rank)]

    def answers(self):
        return {name: self.cleaned_data[name] for name in ANSWERS if name in self.cleaned_data}

    def questions(self):
        """The fields that this call asks beyond the basics, for the template."""
        return [self[name] for name in (*VolunteerCall.QUESTIONS, "note") if name in self.fields]

    def basics(self):
        names = ("name", "email", "city", *RANKS, "age_band", "availability")
        return [self[name] for name in names if name in self.fields]

    def _check_age(self, age_band, wished):
        least = max((role.minimum_age or 0 for role in wished), default=0)
        if age_band == AgeBand.UNDER_14:
            self.add_error("age_band", _("If you are under 14, please ask a guardian to write to us instead."))
        elif (least and not age_band) or (least > 14 and age_band == AgeBand.UNDER_18):
            self.add_error("age_band", _("A role you chose has a minimum age of %(age)s.") % {"age": least})


class ApplyForm(SignupForm, VolunteerForm):
    """The public form; whoever is known already is not told so."""

    def save(self, language):
        """Hand the application to its verb; raises Refused where the call has closed."""
        with self.noted():
            applying.apply_for(
                self.call,
                email=self.cleaned_data["email"],
                language=language,
                roles=self.wished_roles(),
                consents=self.consents(),
                **self.answers(),
            )


class ChangeForm(VolunteerForm):
    """What a volunteer told, to be changed. The address stays: it is what the link is tied to."""

    def __init__(self, *args, application, **kwargs):
        self.application = application
        super().__init__(*args, call=application.call, initial=_as_told(application), **kwargs)

    def save(self):
        applying.change(self.application, roles=self.wished_roles(), consents=self.consents(), **self.answers())


def _as_told(application):
    initial = {name: getattr(application, name) for name in ANSWERS}
    initial |= dict(zip(RANKS, application.ranked_roles.values_list("role", flat=True), strict=False))
    live = {consent.purpose: consent for consent in application.consents.all() if consent.is_live}
    initial["agree_run"] = Consent.Purpose.RUN in live
    initial["agree_contact"] = Consent.Purpose.CONTACT in live
    if Consent.Purpose.CREDIT in live:
        initial |= {"agree_credit": True, "credit_name": live[Consent.Purpose.CREDIT].credit_name}
    return initial
