"""The stands of the bazaar and the exhibition, and the form to apply for one."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.booth_forms import ApplyForBoothForm
from events.heads import framed
from events.models import Booth
from events.reaching import find_conference
from portal.context import community_of
from portal.meta import Crumb
from portal.pagecache.marking import public_page
from portal.signup_forms import current_notice
from portal.views.my import check_your_mail

KINDS = list(Booth.Kind)


@public_page()
def booths(request, conference):
    row = find_conference(conference)
    booths = row.booths.published().select_related("organization", "venue")
    by_kind = sorted(booths, key=lambda booth: KINDS.index(booth.kind))
    calls = list(row.booth_calls.all()) if row.takes_booths else []
    for call in calls:
        call.conference = row
    frame = framed(row, _("Booths"))
    context = {"booths": by_kind, "calls": [call for call in calls if call.is_open()]}
    return render(request, "events/booths.html", {**frame, **context})


@never_cache
def apply(request, conference, kind):
    """The form, and what becomes of it; the answer is the same whoever sends it."""
    row = find_conference(conference)
    call = get_object_or_404(row.booth_calls.select_related("notice"), kind=kind)
    call.conference = row
    form = ApplyForBoothForm(request.POST or None, request=request, call=call)
    if form.is_taken(get_language()):
        return check_your_mail(row)
    to_booths = Crumb(_("Booths"), reverse("booths", args=[row.slug]))
    frame = framed(row, capfirst(call.get_kind_display()), to_booths)
    frame["meta"].is_indexed = False
    context = {"call": call, "form": form}
    context |= {"notice": current_notice(call.notice), "community": community_of(request)}
    return render(request, "events/booth_apply.html", {**frame, **context}, status=422 if form.errors else 200)
