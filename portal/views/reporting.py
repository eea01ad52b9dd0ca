"""Where to tell of a vulnerability: /.well-known/security.txt (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.models import Community
from portal.pagecache.marking import public_page

# The standard wants a date after which nobody should rely on it, less than a year ahead.
GOOD_FOR = timedelta(days=180)


@public_page()
@require_safe
def security_txt(request):
    """Name the community's contact; without one there is nobody to name, and so no file."""
    contact = Community.current().email
    if not contact:
        raise Http404("no contact is set")
    expires = (timezone.now() + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {expires}",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
