"""What surrounds every public page and is the same on all of them in a language: put together once a generation."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from portal import looks
from portal.context import community_of, footer_pages, the_community
from portal.pagecache.known import once_a_generation

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context, part):
    """Return one of the partials `portal/frame/_<part>.html`, which know the community and the footer's pages alone."""
    return _part(part, community_of(context["request"]))


@register.simple_tag(takes_context=True)
def sections(context, *names):
    """Return the list of sections, of which each has the name of its first page, with a mark on that of this page."""
    request, addresses = context["request"], _addresses(names)
    here = next((name for name in names if request.path.startswith(addresses[name])), "")
    return _part("sections", community_of(request), names, here)


@register.simple_tag(takes_context=True)
def look(context, name):
    """Return the address of a part of the community's looks: "theme", "icon" or "touch-icon"."""
    # A page that Django's admin makes without a request has no context of ours either.
    community = community_of(context["request"]) if "request" in context else context.get("community")
    return looks.address(name, community or the_community())


@once_a_generation
def _part(part, community, names=(), section=""):
    shown = {"community": community, "footer_pages": footer_pages, "addresses": _addresses(names), "section": section}
    # Made by a template, which has escaped what it shows.
    return mark_safe(render_to_string(f"portal/frame/_{part}.html", shown).strip())


@once_a_generation
def _addresses(names):
    return {name: reverse(name) for name in names}
