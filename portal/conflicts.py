"""Two organizers on one form: what each changed is told apart, and nothing is overwritten in silence.

A form remembers in `seen` which state of the row it was opened on. If somebody
has saved since, that state is looked up in the history and compared with what
was typed and with what is there now. What only the other changed is taken over;
what both changed is shown for a choice, field by field, on the same form.
"""

from datetime import datetime
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.form_values import as_sent, shown
from portal.moments import MomentField

THEIRS = "theirs"


class Conflict(NamedTuple):
    """A field that both changed: `name` is what the choice is called in the form; the two values are for people."""

    name: str
    label: str
    theirs: str
    mine: str


class KeepsBoth(forms.ModelForm):
    """A form that merges with what others saved since it was opened."""

    # What the row's time of change was when the form was opened.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts, self.taken_over = [], []
        self.called = ""  # what the row was called before anything typed went into it, once there are conflicts
        if not self.instance._state.adding:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    @cached_property
    def changed_data(self):
        self._settled  # noqa: B018 - first what others changed, then what differs
        return [name for name in super().changed_data if name != "seen" and not self._says_the_same(name)]

    def _says_the_same(self, name):
        """Whether a text differs by what a browser does to it alone: its line ends, and spaces around it."""
        if not isinstance(self.fields[name], forms.CharField):
            return False
        stored, sent = self.initial.get(name), self.data.get(self.add_prefix(name))
        return _in_lines(stored) == _in_lines(sent)

    def full_clean(self):
        if self.is_bound:
            self._settled  # noqa: B018
        super().full_clean()

    def clean(self):
        cleaned_data = super().clean()
        for name in self.fields.keys() & self.cleaned_data.keys() - set(self.changed_data):
            if isinstance(self.fields[name], MomentField | forms.CharField) and self.initial.get(name):
                self.cleaned_data[name] = self.initial[name]  # with its seconds, and its own line ends
        if self.conflicts or self.taken_over:
            self.add_error(None, self._told())
        return cleaned_data

    @cached_property
    def _settled(self):
        """Once: heed the choices made, then compare, and put what only others changed into the data."""
        if not self.is_bound:
            return False
        posted = self.data.get(self.add_prefix("seen"))
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.initial.get("seen", "")
        if self.instance._state.adding:
            return True
        for name in self.fields:
            if self.data.get(f"{self.add_prefix(name)}-kept") == THEIRS:
                self._take_theirs(name)
        if posted and posted != self.initial["seen"]:
            self._compare(self._opened_on(posted))
        return True

    def _compare(self, opened_on):
        for name, field in self.fields.items():
            if name == "seen" or field.disabled:
                continue
            now = self.initial.get(name, field.initial)
            then = now if opened_on is None else opened_on.get(name, field.initial)
            typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            by_them = opened_on is None or as_sent(field, then) != as_sent(field, now)
            by_me = opened_on is None or (field.has_changed(then, typed) and _in_lines(then) != _in_lines(typed))
            if not by_them or not field.has_changed(now, typed) or self._says_the_same(name):
                continue
            if by_me:
                told = Conflict(self.add_prefix(name), self[name].label, shown(field, now), shown(field, typed))
                self.conflicts.append(told)
                self.called = str(self.instance)
            else:
                self._take_theirs(name)
                self.taken_over.append((self[name].label, shown(field, now)))

    def _take_theirs(self, name):
        field, key = self.fields[name], self.add_prefix(name)
        sent = as_sent(field, self.initial.get(name, field.initial))
        self.data.pop(key, None)
        if key in self.files:
            self.files = self.files.copy()
            del self.files[key]
        if isinstance(sent, list):
            self.data.setlist(key, sent)
        elif sent:
            self.data[key] = sent

    def _opened_on(self, seen):
        """Return the form's initial values as of the state that it was opened on; None where history knows none."""
        try:
            moment = datetime.fromisoformat(seen)
        except ValueError:
            return None
        history = getattr(self.instance, "history", None)
        record = history and history.filter(updated_at=moment).order_by("history_date", "history_id").last()
        if not record:
            return None
        initial = type(self)(instance=record.instance).initial
        for field in self._meta.model._meta.local_many_to_many:
            if field.name in self.fields:
                key = f"{field.m2m_reverse_field_name()}_id"
                initial[field.name] = list(getattr(record, field.name).values_list(key, flat=True))
        return initial

    def _told(self):
        history = getattr(self.instance, "history", None)
        last = history and history.select_related("history_user").first()
        changed = [*self.taken_over, *((one.label, one.theirs) for one in self.conflicts)]
        if self.conflicts:
            text = _(
                "In the meantime %(who)s saved this (%(when)s): %(what)s. Choose below what is kept, then save again."
            )
        else:
            text = _(
                "In the meantime %(who)s saved this (%(when)s): %(what)s. Taken over. Look at it, then save again."
            )
        return ValidationError(
            text,
            code="meanwhile",
            params={
                "who": (last and last.history_user) or _("somebody"),
                "when": localtime(self.instance.updated_at).strftime("%H:%M"),
                "what": "; ".join(f"{label} → {value[:60] or '–'}" for label, value in changed),
            },
        )


def _in_lines(text):
    return str(text or "").replace("\r\n", "\n").strip()


def conflicts_of(forms_of_page):
    """Return (title of the row, its conflicts) of each of the forms that has any."""
    return [(form.called, form.conflicts) for form in forms_of_page if getattr(form, "conflicts", None)]
