"""What a page says of itself: to its reader, to search engines, to whoever shares it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Crumb:
    """A step of the way to a page; the page itself has no `url`. `lang` is that of a title in a fallback language."""

    title: str
    url: str = ""
    lang: str = ""


@dataclass(kw_only=True)
class Meta:
    """The head of a page and its breadcrumbs; every view hands one to its template as `meta`.

    `image` is the path of the picture shown where the page is shared; without one,
    a picture is drawn from the title and from `told`, further fields of
    `portal.posters.Bill`. `kind` is OpenGraph's type. `json_ld` lists dicts of
    `portal.jsonld`. `query` belongs to the page's own address, such as "page=2".
    `accent` is the slug of the series whose colour the page wears.
    """

    title: str
    description: str = ""
    crumbs: list = field(default_factory=list)
    image: str = ""
    told: dict = field(default_factory=dict)
    kind: str = "website"
    json_ld: list = field(default_factory=list)
    query: str = ""
    is_indexed: bool = True
    accent: str = ""


def way(*crumbs):
    """Return the breadcrumbs of a page: home, the steps between, and the page itself, which has no address."""
    return [Crumb(_("Home"), reverse("home")), *crumbs]
