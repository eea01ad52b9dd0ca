"""The outbox, to read in the admin: what was sent or waits, with its text. For administrators, since it holds links."""

from django.conf import settings
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from post_office.models import Email

from portal.logs import without_account_links

PER_PAGE = 50


def outbox(request):
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    mails = Paginator(Email.objects.order_by("-pk").prefetch_related("logs"), PER_PAGE)
    page = mails.get_page(request.GET.get("page"))
    for one in page:
        # An administrator may not take over a superuser's account by its mail.
        one.message = without_account_links(one.message)
    context = {
        **site.each_context(request),
        "title": _("Outbox"),
        "page": page,
        "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }
    return TemplateResponse(request, "admin/outbox.html", context)
