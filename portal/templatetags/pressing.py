"""Knows a form that makes something again, however often its button is pressed (portal/admin/pressing.py)."""

from django import template
from django.utils.crypto import get_random_string
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def press():
    """A hidden field with a name of this form's own."""
    return format_html('<input type="hidden" name="press" value="{}">', get_random_string(16))
