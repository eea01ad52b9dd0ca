"""How form fields become HTML: by Django's templates, but for the parts of which a page may have hundreds.

Those of selects and inputs include another for each option and each row of
attributes, and a field without an error asks for a template to say so: together
they cost a page of the admin more than its queries do. The HTML is the same.
"""

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

INPUTS = {
    f"django/forms/widgets/{name}.html"
    for name in ("checkbox", "date", "email", "hidden", "input", "number", "text", "time", "url")
}
SELECT = "django/forms/widgets/select.html"
LABEL = "django/forms/label.html"
ERRORS = {"django/forms/errors/list/default.html", "django/forms/errors/list/ul.html"}


class QuickRenderer(TemplatesSetting):
    """Django's renderer by the project's templates, with labels, selects and inputs written here."""

    def render(self, template_name, context, request=None):
        if template_name in INPUTS:
            return mark_safe(_input(context["widget"]))
        if template_name == SELECT:
            return mark_safe(_select(context["widget"]))
        if template_name == LABEL and context["use_tag"]:
            return mark_safe(_label(context))
        if template_name in ERRORS and not context["errors"]:
            return ""
        return super().render(template_name, context, request)


def _input(widget):
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_said(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _select(widget):
    lines = [f'<select name="{_said(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            lines.append(f'<optgroup label="{_said(group)}">')
        lines += [
            f'<option value="{_said(option["value"])}"{_attributes(option["attrs"])}>{_said(option["label"])}</option>'
            for option in options
        ]
        if group:
            lines.append("</optgroup>")
    return "\n".join([*lines, "</select>"])


def _label(context):
    return f"<{context['tag']}{_attributes(context['attrs'])}>{_said(context['label'])}</{context['tag']}>"


def _attributes(attrs):
    """Return attributes with a space before each; True stands for one without a value, False for none."""
    return "".join(
        f" {_said(name)}" if value is True else f' {_said(name)}="{_said(value)}"'
        for name, value in (attrs or {}).items()
        if value is not False
    )


def _said(value):
    return conditional_escape(value if hasattr(value, "__html__") else str(value))
