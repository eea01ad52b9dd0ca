"""The page of a poster: the pictures as they go into a chat, each to press long or to save."""

from dataclasses import replace
from typing import NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.context import community_of
from portal.drawings import poster_url
from portal.linked_data import absolute
from portal.meta import Crumb, Meta
from portal.posters import SIZES, Bill

MOST_GUESTS = 12


class Picture(NamedTuple):
    """A poster of one shape, for a template."""

    title: str
    url: str
    width: int
    height: int
    alt: str


def show_poster(request, of, url):
    """Return the page of the posters of what another page shows.

    `of` is that page's `Meta`, whose `told` says when, where and who; `url` is its address, to which the code leads.
    """
    community = community_of(request)
    drawn = {"seed": of.title, "accent": community.accent, "community": community.name, **of.told}
    bill = Bill(**{"title": of.crumbs[-1].title, **drawn})
    bill = replace(bill, url=absolute(url), call=_("Scan or long-press for more"), guests=bill.guests[:MOST_GUESTS])
    meta = Meta(
        title=f"{_('Poster')} · {of.title}",
        crumbs=[*of.crumbs[:-1], replace(of.crumbs[-1], url=url), Crumb(_("Poster"))],
        told=of.told,
        image=of.image,
        accent=of.accent,
        is_indexed=False,
    )
    context = {"meta": meta, "pictures": [_picture(bill, shape) for shape in SIZES], "bill": bill, "back": url}
    return render(request, "portal/poster.html", context)


def named(rows):
    """Return the guests of a `Bill` from appearances: (name, organization) of each person, once."""
    return tuple(dict.fromkeys((row.name, row.organization_name) for row in rows if row.name))


def _picture(bill, shape):
    titles = {"portrait": _("Tall, for WeChat Moments"), "square": _("Square"), "wide": _("Wide, for links")}
    told = [bill.title, bill.when, bill.where, *(name for name, _organization in bill.guests)]
    return Picture(titles[shape], poster_url(bill, shape), *SIZES[shape], alt=" · ".join(filter(None, told)))
