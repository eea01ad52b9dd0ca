"""The home page, and the way to it."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request, override
from django.views.decorators.vary import vary_on_headers

from portal import jsonld
from portal.context import community_of
from portal.front_page import front_page
from portal.linked_data import absolute
from portal.meta import Meta
from portal.pagecache.marking import public_page


@vary_on_headers("Accept-Language", "Cookie")
def choose_language(request):
    """Send a visitor to the home page in the language that their browser asks for."""
    with override(get_language_from_request(request)):
        return redirect("home")


@public_page()
def home(request):
    community = community_of(request)
    itself = jsonld.organization(
        community.name,
        url=absolute("/"),
        logo=absolute(community.logo.url) if community.logo else None,
        same_as=[community.website] if community.website else [],
    )
    meta = Meta(
        title=community.name,
        description=community.summary or community.tagline,
        told={"kicker": community.tagline},
        json_ld=[itself],
    )
    return render(request, "portal/home.html", {"meta": meta, "page": front_page(community.accent)})
