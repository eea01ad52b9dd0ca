"""A photo in the sizes and formats that browsers choose from: `{% load pictures %}{% picture photo alt sizes %}`.

What stands in a grid of sixty is put together here: a template looks up each of its twenty values by name.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .portal import text

register = template.Library()

LAZY, AT_ONCE = mark_safe(' loading="lazy"'), mark_safe(' fetchpriority="high"')


@register.simple_tag
def in_grid(photo, number, leads=False):
    """Return the `<figure>` of a photo that is dressed, with the way to its own page and with what the lightbox loads.

    `number` counts from 1; where the grid `leads`, the photos that the page begins with are not left for later.
    """
    alt = photo.alt or photo.caption or _("Photo %(number)s") % {"number": number}
    at_once = leads and photo.is_first
    return format_html(
        '<figure class="photo {}"><a href="{}"{}>{}{}</a>{}</figure>',
        photo.shape_class,
        photo.get_absolute_url(),
        _for_lightbox(photo),
        _stamp(photo),
        picture(photo, alt, photo.grid_sizes, lazy=not at_once, first=at_once and number == 1),
        format_html("<figcaption>{}</figcaption>", text(photo, "caption")) if photo.caption else "",
    )


def _for_lightbox(photo):
    if photo.is_missing:
        return ""
    return format_html(
        ' data-full="{}" data-full-set="{}" data-full-set-avif="{}" data-size="{}x{}"',
        photo.shown_url,
        photo.shown_set,
        photo.shown_set_avif,
        photo.width,
        photo.height,
    )


def _stamp(photo):
    """Return what stands in the place of the photo until it is there."""
    if not photo.placeholder:
        return ""
    return format_html(
        '<img class="stamp" src="{}" alt="" width="{}" height="{}">',
        photo.placeholder,
        photo.shown_width,
        photo.shown_height,
    )


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
