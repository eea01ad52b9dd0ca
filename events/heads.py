"""The head of each page of the wing: title, breadcrumbs, share image, and what it tells search engines."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import dates
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta, way


def conference_meta(conference, json_ld):
    """Return the `Meta` of the conference's own page."""
    return Meta(
        title=conference.title,
        description=conference.summary or conference.theme,
        crumbs=way(to_conferences(), Crumb(conference.title, lang=fallback_lang(conference, "title"))),
        json_ld=json_ld,
        **_looks(conference),
    )


def framed(conference, title, *steps, description="", json_ld=(), lang=""):
    """Return the context that every page below a conference's own needs: conference, tabs and meta.

    `conference` is as `find_conference()` returns it, `steps` are the crumbs between it and the page; `lang` is set
    where `title` is in a fallback language.
    """
    to_conference = Crumb(conference.title, conference.get_absolute_url(), fallback_lang(conference, "title"))
    meta = Meta(
        title=f"{title} · {conference.title}",
        description=description,
        crumbs=way(to_conferences(), to_conference, *steps, Crumb(title, lang=lang)),
        json_ld=list(json_ld),
        **_looks(conference),
    )
    return {"conference": conference, "tabs": conference.tabs, "meta": meta}


def to_conferences():
    return Crumb(_("Conferences"), reverse("conferences"))


def _looks(conference):
    """The colour of the page, and the picture shown where it is shared."""
    where = conference.place or (conference.city.name if conference.city_id else "")
    drawn = {
        "seed": conference.slug,
        "accent": conference.series.accent,
        "kicker": conference.series.name,
        "when": dates.written(conference, get_language()),
        "where": where,
        "alert": "" if conference.standing == conference.Standing.SCHEDULED else conference.get_standing_display(),
    }
    image = conference.cover.url if conference.cover else ""
    return {"accent": conference.series.slug, "image": image, "told": drawn}
