"""The page of one recording: the frame of its player, let in by this page's policy alone."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.drawings import cover_url
from portal.embedding import player_of
from portal.meta import Meta, way

STILL = "#2a3442"


def dressed_materials(materials, page_of):
    """Return the materials as a list, each with `page`, that of its player, and `still`, a picture of ours; or neither.

    `page_of` gives the address of a material's page. The still is drawn: asking the service for one would tell it.
    """
    materials = list(materials)
    for material in materials:
        player = player_of(material.url) if material.kind == "recording" else None
        material.page = page_of(material) if player else ""
        material.still = cover_url(material.url, STILL, 16 / 9) if player else ""
    return materials


def show_recording(request, material, crumbs):
    """Return the page with the player of a material. Raises Http404 for what is no film of a known service."""
    player = player_of(material.url)
    if player is None:
        raise Http404(f"no player for {material.url}")
    title = material.title or _("Recording")
    meta = Meta(title=f"{title} · {crumbs[-1].title}", crumbs=way(*crumbs), is_indexed=False)
    context = {"meta": meta, "material": material, "player": player, "title": title}
    response = render(request, "portal/recording.html", context)
    response._csp_update = {"frame-src": [player.host]}
    return response
