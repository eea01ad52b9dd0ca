"""Calls for volunteers: what is wanted, and the form to sign up."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events import volunteer_calls
from events.forms import ApplyForm
from events.heads import framed
from events.models import Role
from events.reaching import find_conference
from events.volunteer_calls import by_team, find_call, find_role, public_roles
from portal.context import community_of
from portal.languages import fallback_lang
from portal.linked_data import absolute
from portal.meta import Crumb
from portal.pagecache.marking import public_page
from portal.qr import png
from portal.signup_forms import current_notice
from portal.views.my import check_your_mail


@public_page()
def calls(request, conference):
    """Every call of a conference, the open ones first."""
    row = find_conference(conference)
    found = list(row.volunteer_calls.published().select_related("venue__city"))
    for call in found:
        call.conference = row
    found.sort(key=lambda call: not call.is_open())
    return render(request, "events/volunteer/calls.html", {**framed(row, _("Volunteer")), "calls": found})


@public_page()
def call(request, conference, call):
    row = find_conference(conference)
    call = find_call(row, call)
    frame = framed(row, call.title, _to_calls(row), lang=fallback_lang(call, "title"))
    return render(request, "events/volunteer/call.html", {**frame, "call": call, "teams": by_team(public_roles(call))})


@public_page()
def role(request, conference, call, role):
    row = find_conference(conference)
    call = find_call(row, call)
    role = find_role(call, role)
    to_call = Crumb(call.title, call.get_absolute_url(), fallback_lang(call, "title"))
    frame = framed(row, role.name, _to_calls(row), to_call, description=role.summary, lang=fallback_lang(role, "name"))
    context = {"call": call, "role": role, "address": absolute(role.get_absolute_url())}
    return render(request, "events/volunteer/role.html", {**frame, **context})


@public_page()
def role_code(request, conference, call, role):
    """The QR code of a role's own page."""
    role = find_role(find_call(find_conference(conference), call), role)
    return HttpResponse(png(absolute(role.get_absolute_url())), content_type="image/png")


@never_cache
def filled(request, conference, call):
    """What `volunteer_calls.filled` says of each public role, fetched apart from the kept page: {slug: words}."""
    call = find_call(find_conference(conference), call)
    roles = Role.objects.filter(team__call=call, is_public=True)
    return JsonResponse({one.slug: volunteer_calls.filled(one) for one in roles})


@never_cache
def apply(request, conference, call):
    """The form, and what becomes of it; the answer is the same whoever sends it."""
    row = find_conference(conference)
    call = find_call(row, call)
    wished = Role.objects.filter(team__call=call, slug=request.GET["role"]).first() if "role" in request.GET else None
    form = ApplyForm(request.POST or None, request=request, call=call, initial={"role": wished})
    if form.is_taken(get_language()):
        return check_your_mail(row)
    to_call = Crumb(call.title, call.get_absolute_url(), fallback_lang(call, "title"))
    frame = framed(row, _("Sign up"), _to_calls(row), to_call)
    frame["meta"].is_indexed = False
    context = {"call": call, "form": form, "notice": current_notice(call.notice), "community": community_of(request)}
    return render(request, "events/volunteer/apply.html", {**frame, **context}, status=422 if form.errors else 200)


def _to_calls(conference):
    return Crumb(_("Volunteer"), reverse("volunteer-calls", args=[conference.slug]))
