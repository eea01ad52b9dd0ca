"""What a proposer fills in: the session, who speaks, a word to the reviewers."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events import bringing, proposing
from events.availability import halves_of
from events.models import ProposalSpeaker, Session, SessionMaterial
from events.submission_forms import InOneLanguageAtLeast, PublicForm, paragraphs

NOTHING = [("", "—")]
SPOKEN = [
    ("zh", gettext_lazy("Chinese")),
    ("en", gettext_lazy("English")),
    ("zh, en", gettext_lazy("Chinese and English")),
]
TOLD = (
    *("title_zh_hans", "title_en", "abstract_zh_hans", "abstract_en"),
    *("kind", "level", "spoken", "minutes", "available", "notes"),
)
OF_A_SPEAKER = ("name", "title", "organization", "bio", "email")


class ProposalForm(InOneLanguageAtLeast):
    """The session and its speakers; a base for proposing and for changing."""

    TEXTS = {"title": True, "abstract": True}

    title_zh_hans = forms.CharField(label=gettext_lazy("Title in Chinese"), max_length=240, required=False)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=240, required=False)
    abstract_zh_hans = forms.CharField(
        label=gettext_lazy("Abstract in Chinese"), max_length=5000, required=False, widget=paragraphs(6)
    )
    abstract_en = forms.CharField(
        label=gettext_lazy("Abstract in English"), max_length=5000, required=False, widget=paragraphs(6)
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of session"))
    minutes = forms.TypedChoiceField(label=gettext_lazy("Length"), coerce=int)
    level = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)
    spoken = forms.ChoiceField(label=gettext_lazy("Language of the session"), choices=SPOKEN)
    available = forms.MultipleChoiceField(
        label=gettext_lazy("When can you be there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick nothing if any time suits you. Only those who make the schedule see this."),
    )
    notes = forms.CharField(
        label=gettext_lazy("A note to the reviewers"),
        max_length=2000,
        required=False,
        widget=paragraphs(3),
        help_text=gettext_lazy("Never public: where you gave it before, what you need."),
    )

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["kind"].choices = [(kind, capfirst(str(label))) for kind, label in call.chosen_kinds]
        self.fields["level"].choices = [(level, capfirst(str(label))) for level, label in Session.Level.choices]
        self.fields["spoken"].initial = "zh" if get_language() == "zh-hans" else "en"
        if call.minutes:
            self.fields["minutes"].choices = [(length, _("%(n)d minutes") % {"n": length}) for length in call.minutes]
        else:
            del self.fields["minutes"]
        self.fields["available"].choices = halves_of(call.conference)
        if not self.fields["available"].choices:
            del self.fields["available"]
        for number in range(1, ProposalSpeaker.MOST + 1):
            self.fields |= _fields_of_speaker(number)

    def clean(self):
        cleaned_data = super().clean()
        for number in range(2, ProposalSpeaker.MOST + 1):
            told = self._speaker(number)
            if any(told.values()) and not told["name"] and f"speaker{number}_name" not in self.errors:
                self.add_error(f"speaker{number}_name", _("Write the name of this speaker."))
        return cleaned_data

    def _speaker(self, number):
        return {name: self.cleaned_data.get(f"speaker{number}_{name}", "") for name in OF_A_SPEAKER}

    def told(self):
        return {name: self.cleaned_data[name] for name in TOLD if name in self.cleaned_data}

    def speakers_told(self, proposer, email):
        """Return the speakers as dicts of columns; the first is the proposer where nobody else is named."""
        first = self._speaker(1)
        first |= {"name": first["name"] or proposer, "email": first["email"] or ("" if first["name"] else email)}
        others = (self._speaker(number) for number in range(2, ProposalSpeaker.MOST + 1))
        return [first, *(one for one in others if one["name"])]

    def about(self):
        """The fields of the session besides its texts, for the template."""
        return [self[name] for name in ("kind", "minutes", "level", "spoken") if name in self.fields]

    def halves(self):
        """The field of the halves of days, or None where none are asked for; for the template."""
        return self["available"] if "available" in self.fields else None

    def speakers(self):
        """The fields of each speaker: a list of (number, fields, whether anything is there), for the template."""
        found = []
        for number in range(1, ProposalSpeaker.MOST + 1):
            fields = [self[f"speaker{number}_{name}"] for name in OF_A_SPEAKER]
            found.append((number, fields, number == 1 or any(field.value() or field.errors for field in fields)))
        return found


class ProposeForm(PublicForm, ProposalForm):
    """The public form; `forum` is None where the organizers find one."""

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.put_in_order("name", "email", *self.in_both())

    def save(self, language):
        """Hand the proposal to its verb; raises Refused where the call has closed."""
        name, email = self.cleaned_data["name"], self.cleaned_data["email"]
        speakers = self.speakers_told(name, email)
        told = {"name": name, "email": email, "language": language, **self.told()}
        with self.noted():
            proposing.propose(self.call, forum=self.forum, speakers=speakers, consents=self.consents(), **told)


class ChangeProposalForm(ProposalForm):
    """What was proposed, to be changed while an answer is awaited. The address stays: the link is tied to it."""

    def __init__(self, *args, proposal, **kwargs):
        self.proposal = proposal
        initial = {name: getattr(proposal, name) for name in TOLD}
        for number, speaker in enumerate(proposal.speakers.all(), 1):
            initial |= {f"speaker{number}_{name}": getattr(speaker, name) for name in OF_A_SPEAKER}
        super().__init__(*args, call=proposal.call, initial=initial, **kwargs)
        chosen = dict(self.fields["kind"].choices)
        if proposal.kind not in chosen:  # the call has changed since
            self.fields["kind"].choices = [*chosen.items(), (proposal.kind, proposal.get_kind_display())]

    def save(self):
        speakers = self.speakers_told(self.proposal.name, self.proposal.email)
        proposing.change(self.proposal, speakers=speakers, **self.told())


class ProfilesForm(forms.Form):
    """Once it is accepted: title, organization and bio of each speaker."""

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposal, self.people = proposal, list(proposal.speakers.all())
        for speaker in self.people:
            made = _fields_of_speaker(speaker.pk)
            for name in proposing.PROFILE:
                field = made[f"speaker{speaker.pk}_{name}"]
                field.initial = getattr(speaker, name)
                self.fields[f"speaker{speaker.pk}_{name}"] = field

    def save(self):
        told = {
            one.pk: {name: self.cleaned_data[f"speaker{one.pk}_{name}"] for name in proposing.PROFILE}
            for one in self.people
        }
        proposing.change_profiles(self.proposal, told)

    def profiles(self):
        """Pairs of a speaker and their fields, for the template."""
        return [(one, [self[f"speaker{one.pk}_{name}"] for name in proposing.PROFILE]) for one in self.people]


class SlidesForm(forms.ModelForm):
    """A file or a link for the session, one of them."""

    class Meta:
        model = SessionMaterial
        fields = ["file", "url"]
        widgets = {"file": forms.FileInput}

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    url = forms.URLField(label=gettext_lazy("or a link"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.instance.session = proposal.session

    def save(self):
        """Put it up; raises Refused."""
        told = {name: self.cleaned_data.get(name) or "" for name in ("title", "url", "file")}
        return bringing.add_slides(self.proposal, **told)


class PhotoForm(forms.Form):
    photo = forms.FileField(label=gettext_lazy("Photo"), widget=forms.FileInput({"accept": "image/*"}))


def _fields_of_speaker(number):
    is_first = number == 1
    return {
        f"speaker{number}_name": forms.CharField(
            label=_("Name"),
            max_length=80,
            required=False,
            help_text=_("Empty: you, as above.") if is_first else "",
        ),
        f"speaker{number}_title": forms.CharField(label=_("What they do"), max_length=120, required=False),
        f"speaker{number}_organization": forms.CharField(label=_("Organization"), max_length=120, required=False),
        f"speaker{number}_bio": forms.CharField(
            label=_("About them"), max_length=2000, required=False, widget=paragraphs(3)
        ),
        f"speaker{number}_email": forms.EmailField(
            label=_("E-mail"),
            max_length=254,
            required=False,
            help_text=_("Never public. If it is not yours, we tell them by mail that you named them."),
        ),
    }
