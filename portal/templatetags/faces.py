"""People on a page: a face, a name, and whom they spoke for.

`who` is a Person, or an appearance (`AsOfThen`: a speaker, a producer, a part), whose person may be unknown here.
The face is the portrait, or a drawn stand-in that is always the same for the same person.
"""

import re
from zlib import crc32

from django import template
from django.utils.html import format_html, format_html_join

from portal.publishing import if_public

from .portal import HAN, text

register = template.Library()

TINTS = 12  # .tint-0 to .tint-11 in components/faces.css
DOUBLE_SURNAMES = (
    *("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐"),
    *("宇文", "长孙", "端木", "夏侯", "轩辕", "闻人", "南宫", "独孤", "呼延", "百里", "澹台"),
)


@register.simple_tag
def face(who):
    """Return the face of `who`, hidden from screen readers: the name always stands beside it."""
    person = getattr(who, "person", who)
    if person and person.portrait_url:
        return format_html(
            '<span class="face" aria-hidden="true"><img src="{}" alt="" loading="lazy" decoding="async"></span>',
            person.portrait_url,
        )
    mark = initials(who.name)
    return format_html(
        '<span class="face drawn tint-{}{}" aria-hidden="true"><span>{}</span></span>',
        tint(person.slug if person else who.name),
        "" if HAN.match(mark) else " latin",
        mark,
    )


@register.simple_tag
def called(who):
    """Return the name, as of then if there is one, with its language where it is a fallback."""
    if getattr(who, "name_then", ""):
        return text(who, "name_then")
    person = getattr(who, "person", who)
    return text(person, "name") if person else who.name


@register.simple_tag
def affiliation(who):
    """Return "organization · title" as of then (of today, for a Person), or as much of it as is known."""
    then = hasattr(who, "title_then")
    known = [_organization(who), text(who, "title_then" if then else "title")]
    return format_html_join(" · ", "{}", ([part] for part in known if part))


@register.simple_tag
def spoke_for(who):
    """Return the organization alone, as of then."""
    return _organization(who)


def _organization(who):
    # An organization that stands for itself is already named.
    if getattr(who, "organization_then", ""):
        return text(who, "organization_then") if who.organization_then != who.name else ""
    organization = if_public(who.organization)
    return text(organization, "name") if organization and organization.name != who.name else ""


def initials(name):
    """Return what stands for a name: `庄` of 庄表伟, `欧阳` of 欧阳修, `NS` of Nuritzi Sanchez, `T` of tison."""
    name = name.strip()
    if HAN.match(name):
        return name[:2] if name.startswith(DOUBLE_SURNAMES) and len(name) > 2 else name[:1]
    words = [word for word in re.split(r"[\s.·]+", re.sub(r"[(（].*", "", name)) if word]
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper() or "·"


def tint(key):
    """Return a number that is always the same for the same key and picks one of the pigments."""
    return crc32(key.encode()) % TINTS
