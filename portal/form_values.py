"""Values of form fields as a browser sends them, and as people read them."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.keys import keys_in


def as_sent(field, value):
    """Return an initial value as a browser would send it unchanged: text, or a list of texts for several rows."""
    if isinstance(field, forms.FileField):
        return str(value or "")
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return sorted(str(field.prepare_value(one)) for one in value or [])
    if value in (None, ""):
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    if isinstance(value, datetime | date | time) and hasattr(field.widget, "format_value"):
        return field.widget.format_value(value)
    return str(field.prepare_value(value)).replace("\r\n", "\n").strip()


def shown(field, value):
    """Return a value, an initial one or one that was sent or cleaned, as people read it; empty for nothing."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value and value not in ("False", "false", "0") else _("no")
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ModelChoiceField):  # one row, or several
        return ", ".join(_labels(field, value))
    if isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        return ", ".join(str(labels.get(str(one), one)) for one in (value if isinstance(value, list) else [value]))
    if isinstance(field, forms.FileField):
        return str(getattr(value, "name", value)).rpartition("/")[2]
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def _labels(field, value):
    several = isinstance(field, forms.ModelMultipleChoiceField)
    keys = [getattr(one, "pk", one) for one in (value if several else [value])]
    rows = field.queryset.model._default_manager.filter(pk__in=keys_in(map(str, keys)))
    return [str(row) for row in rows]


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), text) for inner, text in label)
        else:
            yield str(key), label
