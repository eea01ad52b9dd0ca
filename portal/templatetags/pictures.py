"""A photo in the sizes and formats that browsers choose from: `{% load pictures %}{% picture photo alt sizes %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

LAZY, AT_ONCE = mark_safe(' loading="lazy"'), mark_safe(' fetchpriority="high"')


@register.simple_tag
def picture(photo, alt, sizes="", lazy=False, first=False):
    """Return `<picture>` of a photo that is dressed (`portal.dressing`), or `<img>` of what is drawn in its place.

    `lazy` is for what lies below the first view, `first` for the picture that is waited for.
    """
    when = LAZY if lazy else ""
    if photo.is_missing:
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}"{} decoding="async">',
            photo.shown_url,
            alt,
            photo.shown_width,
            photo.shown_height,
            when,
        )
    return format_html(
        '<picture><source type="image/avif" srcset="{}" sizes="{}"><img src="{}" srcset="{}" sizes="{}" alt="{}" '
        'width="{}" height="{}"{}{} decoding="async"></picture>',
        photo.shown_set_avif,
        sizes,
        photo.shown_url,
        photo.shown_set,
        sizes,
        alt,
        photo.shown_width,
        photo.shown_height,
        when,
        AT_ONCE if first else "",
    )
