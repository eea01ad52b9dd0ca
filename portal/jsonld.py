"""schema.org for search engines: plain values in, dicts out, and the body of the script element that carries them.

A value that is not known is left out, never guessed. A data block
(`type="application/ld+json"`) is not run, so the content-security policy needs
no nonce for it. Source: https://schema.org/Event and Google's documentation
of event structured data.
"""

import json

from django.utils.safestring import mark_safe

CONTEXT = "https://schema.org"
STATUS = {"scheduled": "EventScheduled", "postponed": "EventPostponed", "cancelled": "EventCancelled"}
ATTENDANCE = {
    "on-site": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def event(
    name,
    *,
    url,
    starts,
    ends=None,
    mode="on-site",
    standing="scheduled",
    description="",
    image=None,
    locations=(),
    organizers=(),
    performers=(),
    sub_events=(),
    offer=None,
    in_language=None,
    kind="Event",
):
    """Return an Event.

    `starts` and `ends` are strings of `portal.dates.machine()`; `mode` and
    `standing` are values of `Occasion.Mode` and `Occasion.Standing`; addresses
    are absolute. `kind` may be a subtype such as "EducationEvent".
    """
    return _known(
        {
            "@type": kind,
            "name": name,
            "url": url,
            "startDate": starts,
            "endDate": ends,
            "eventStatus": f"{CONTEXT}/{STATUS[standing]}",
            "eventAttendanceMode": f"{CONTEXT}/{ATTENDANCE[mode]}",
            "description": description,
            "image": image,
            "location": _one_or_many(locations),
            "organizer": _one_or_many(organizers),
            "performer": _one_or_many(performers),
            "subEvent": list(sub_events),
            "offers": offer,
            "inLanguage": in_language,
        }
    )


def place(name, *, address="", city="", latitude=None, longitude=None):
    """Return a Place for an event on site."""
    postal = _known({"@type": "PostalAddress", "streetAddress": address, "addressLocality": city})
    geo = None
    if latitude is not None and longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)}
    return _known({"@type": "Place", "name": name or city, "address": postal if len(postal) > 1 else None, "geo": geo})


def online_place(url):
    """Return a VirtualLocation: where an online event is watched."""
    return {"@type": "VirtualLocation", "url": url}


def offer(url, *, free=None, available=True):
    """Return the Offer behind a registration link; the price is said only where it is known to be none."""
    return _known(
        {
            "@type": "Offer",
            "url": url,
            "price": 0 if free else None,
            "priceCurrency": "CNY" if free else None,
            "availability": f"{CONTEXT}/{'InStock' if available else 'SoldOut'}",
        }
    )


def person(name, *, url=None, image=None, job_title="", organization="", other_names=(), same_as=()):
    """Return a Person; `organization` is the name of where they work."""
    return _known(
        {
            "@type": "Person",
            "name": name,
            "url": url,
            "image": image,
            "jobTitle": job_title,
            "worksFor": organization and {"@type": "Organization", "name": organization},
            "alternateName": list(other_names),
            "sameAs": list(same_as),
        }
    )


def organization(name, *, url=None, logo=None, other_names=(), same_as=()):
    """Return an Organization."""
    return _known(
        {
            "@type": "Organization",
            "name": name,
            "url": url,
            "logo": logo,
            "alternateName": list(other_names),
            "sameAs": list(same_as),
        }
    )


def article(headline, *, url, published, modified=None, authors=(), image=None, description="", in_language=None):
    """Return a NewsArticle; `published` and `modified` are ISO dates or moments."""
    return _known(
        {
            "@type": "NewsArticle",
            "headline": headline,
            "url": url,
            "datePublished": published,
            "dateModified": modified,
            "author": list(authors),
            "image": image,
            "description": description,
            "inLanguage": in_language,
        }
    )


def breadcrumbs(crumbs):
    """Return a BreadcrumbList of (name, absolute address) pairs, from the home page to this one."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(crumbs, start=1)
        ],
    }


def script(*things):
    """Return the body of `<script type="application/ld+json">` for these dicts, safe inside HTML."""
    data = {"@context": CONTEXT, "@graph": list(things)} if len(things) != 1 else {"@context": CONTEXT, **things[0]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # No character is left that HTML gives a meaning.
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
    return mark_safe(text.translate(escapes))


def _known(fields):
    """Drop what is empty; zero is a value."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], (), {})}


def _one_or_many(things):
    things = [thing for thing in things if thing]
    return things[0] if len(things) == 1 else things
