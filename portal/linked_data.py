"""People, organizations, articles and occasions in the words of schema.org; see portal/jsonld.py."""

from django.conf import settings
from django.utils.translation import get_language

from portal import dates, jsonld
from portal.languages import HTML_LANG
from portal.models import OccasionLink
from portal.publishing import if_public


def absolute(path):
    """Return the full address of a path of the portal; what is an address already stays as it is."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"


def person(row, names, links):
    """Return the Person of a `portal.models.Person` with its other names and its links. Reads `organization`."""
    employer = if_public(row.organization)
    return jsonld.person(
        row.name,
        url=absolute(row.get_absolute_url()),
        image=absolute(row.portrait.url) if row.portrait else None,
        job_title=row.title,
        organization=employer.name if employer else "",
        other_names=[other.name for other in names],
        same_as=[link.url for link in links],
    )


def organization(row, names):
    """Return the Organization of a `portal.models.Organization` with its other names."""
    return jsonld.organization(
        row.name,
        url=absolute(row.get_absolute_url()),
        logo=absolute(row.logo.url) if row.logo else None,
        other_names=[other.name for other in names],
        same_as=[row.website] if row.website else [],
    )


def article(row, picture, authors):
    """Return the NewsArticle of a `portal.models.Article`; `picture` is the path of its cover."""
    return jsonld.article(
        row.title,
        url=absolute(row.get_absolute_url()),
        published=row.dated.isoformat(),
        modified=row.updated_at.isoformat(timespec="seconds"),
        authors=[jsonld.person(author.name, url=absolute(author.get_absolute_url())) for author in authors],
        image=absolute(picture),
        description=row.summary,
        in_language=HTML_LANG[get_language()],
    )


def when_and_whether(occasion):
    """Return what every Event says of an occasion: times, mode, and whether it stands."""
    return {
        "starts": dates.machine(occasion),
        "ends": dates.machine_end(occasion),
        "mode": occasion.mode,
        "standing": occasion.standing,
    }


def place(occasion):
    """Return the Place of an occasion on site, or None where nothing is known of it. Reads `city`."""
    if not (occasion.place or occasion.city_id):
        return None
    return jsonld.place(
        occasion.place,
        address=occasion.address,
        city=occasion.city.name if occasion.city_id else "",
        latitude=occasion.latitude,
        longitude=occasion.longitude,
    )


def offer(occasion, links):
    """Return the Offer behind the first registration link of an occasion that is not over, else None."""
    registration = next((link for link in links if link.kind == OccasionLink.Kind.REGISTRATION), None)
    if registration is None or occasion.phase == "past":
        return None
    return jsonld.offer(registration.url, free=occasion.admission == occasion.Admission.FREE or None)
