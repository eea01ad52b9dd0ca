"""Certificates: the document for its volunteer, and a page by which anyone verifies it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.models import Application, Certificate
from portal import dates, signups
from portal.documents import CertificateText
from portal.documents import certificate as draw
from portal.lettering import NO_BREAK
from portal.linked_data import absolute
from portal.meta import Meta, way
from portal.models import Community
from portal.views.my import private

SHOWN = Certificate.objects.select_related("conference__series", "conference__city")


@never_cache
def verify(request, number):
    """What stands on the certificate and no more; of a number that was never given out, nothing."""
    certificate = get_object_or_404(SHOWN, number=number.upper())
    meta = Meta(title=_("Certificate %(number)s") % {"number": certificate.number}, crumbs=way(), is_indexed=False)
    response = render(request, "events/volunteer/certificate.html", {"certificate": certificate, "meta": meta})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@private
def certificate(request, token):
    """The PDF, in the language of the address."""
    signup, _kind = signups.find(token)
    found = SHOWN.filter(application=signup).first() if isinstance(signup, Application) else None
    if found is None:
        raise Http404("no certificate")
    response = HttpResponse(draw(_text(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{found.number}.pdf"'
    return response


def _text(certificate):
    conference = certificate.conference
    when = dates.written(conference, get_language(), weekdays=False)
    lines = [
        _("was a volunteer at %(conference)s, %(when)s, in the role: %(role)s.")
        % {
            "conference": conference.title,
            "when": when.replace(" ", NO_BREAK),
            "role": certificate.role,
        }
    ]
    if certificate.minutes:
        lines.append(_("Hours served: %(hours)g") % {"hours": certificate.hours})
    lines.append(_("Thank you for making open source happen."))
    return CertificateText(
        title=_("Certificate of volunteering"),
        name=certificate.name,
        lines=tuple(lines),
        issuer=certificate.issuer,
        issued=date_format(certificate.issued_on, "DATE_FORMAT"),
        number=certificate.number,
        verify=absolute(certificate.get_absolute_url()),
        url=absolute(certificate.get_absolute_url()),
        accent=conference.series.accent,
        seed=conference.slug,
        logo=Community.current().logo_bytes(),
    )
