"""Fields are written as Django's own templates write them."""

import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from portal.form_rendering import QuickRenderer

INPUTS = [
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.HiddenInput,
    forms.CheckboxInput,
]
TEXTS = ["", None, "开源", "a < b & \"c\" > 'd'", mark_safe("<b>safe</b>"), gettext_lazy("Name"), 7, 1234.5]
ATTRIBUTES = {"id": "one", "required": True, "disabled": False, "data-x": "a\"b<c>&'d'", "maxlength": 300}
SEVERAL = [("", "—"), (1, "One <1>"), ("Group & more", [(2, "Two"), ("x", mark_safe("<i>three</i>"))])]


def both(widget, value):
    """Return what the two renderers write, however they break lines between elements."""
    renderers = QuickRenderer(), TemplatesSetting()
    written = [widget.render("the-name", value, attrs=ATTRIBUTES, renderer=one) for one in renderers]
    return [re.sub(r"\s*\n\s*", "", str(html)) for html in written]


@pytest.mark.parametrize("value", TEXTS, ids=repr)
@pytest.mark.parametrize("kind", INPUTS)
def test_an_input(kind, value):
    quick, stock = both(kind(), value)

    assert quick == stock and quick.startswith("<input ")


@pytest.mark.parametrize("value", ["", None, 1, "2", "x", "nothing of these"])
@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_a_select(kind, value):
    quick, stock = both(kind(choices=SEVERAL) if kind is not forms.NullBooleanSelect else kind(), value)

    assert quick == stock and quick.count("<option ") >= 3


class Asked(forms.Form):
    name = forms.CharField(label="Your <name>", help_text="As on the badge")
    mail = forms.EmailField(required=False, error_messages={"invalid": "<no> address"})
    kind = forms.ChoiceField(choices=SEVERAL[:2], widget=forms.RadioSelect)


@pytest.mark.parametrize("sent", [None, {}, {"name": "Hong", "mail": "nothing", "kind": "1"}])
def test_a_form_with_its_labels_and_what_is_wrong_with_it(sent):
    written = [str(Asked(sent, renderer=renderer)) for renderer in (QuickRenderer(), TemplatesSetting())]
    quick, stock = (re.sub(r"\s*\n\s*", "", html) for html in written)

    assert quick == stock
    assert ("errorlist" in quick) == (sent is not None)


def test_a_day_and_a_field_with_a_template_of_its_own():
    for widget, value in ((forms.DateInput(), date(2026, 10, 28)), (forms.Textarea(), "one\ntwo <three>")):
        quick, stock = both(widget, value)

        assert quick == stock
