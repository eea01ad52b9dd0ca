"""Inputs that work with a thumb and under the strict policy: the browser's own for dates, typing for long lists."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.forms.widgets import Script

from portal.keys import keys_in
from portal.moments import MomentField, MomentInput


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


# `formfield_overrides` of every admin and inline.
NATIVE_INPUTS = {
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
    models.DateField: {"widget": DayInput},
    models.URLField: {"assume_scheme": "https"},
}


class ColourInput(forms.TextInput):
    input_type = "color"


class KnownChoices:
    """For typing fields in lists of forms: the label of the row chosen comes from `known`, without a query a form.

    `known` maps primary keys, as strings, to labels. What is no key, in a form that comes back, is shown as nothing.
    """

    class Media:
        js = [Script("portal/admin/labels.js", type="module")]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}

    def optgroups(self, name, value, attrs=None):
        chosen = [str(one) for one in keys_in(map(str, value))]
        if not all(one in self.known for one in chosen):
            return super().optgroups(name, chosen, attrs)
        options = [self.create_option(name, one, self.known[one], True, index) for index, one in enumerate(chosen)]
        if not self.is_required and not self.allow_multiple_selected:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class Typeahead(KnownChoices, AutocompleteSelect):
    """One row, found by typing."""


class TypeaheadMultiple(KnownChoices, AutocompleteSelectMultiple):
    """Several rows, found by typing; each is taken out by its own button, and none by one for all."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}
