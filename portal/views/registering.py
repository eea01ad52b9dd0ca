"""The form for a seat, and how many are left. The wings say of which occasion, and how its page is framed."""

from copy import copy

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.models import Desk
from portal.pagecache.known import once_a_generation
from portal.registration_forms import RegisterForm
from portal.signup_forms import current_notice
from portal.views.my import check_your_mail


def register(request, occasion, template, frame):
    """Show and take the form; the answer is the same whoever sends it. The caller keeps it out of every cache.

    `template` extends `portal/registration/register.html` or fills a frame of its own; `frame()` returns its context
    with `meta`, and is not asked where a form is taken: hundreds are sent in the minute in which registration opens.
    Raises Http404 where the occasion has no desk.
    """
    form = RegisterForm(request.POST or None, request=request, desk=desk_of(occasion))
    if form.is_taken(get_language()):
        return check_your_mail(occasion)
    desk, context = desk_of_now(occasion), frame()
    context["meta"].is_indexed = False
    context |= {"desk": desk, "form": form, "why_closed": desk.why_closed(), "seats_left": seats_left_text(desk)}
    context["notice"] = current_notice()
    return render(request, template, context, status=422 if form.errors else 200)


def seats(occasion):
    """Answer how many seats are left, fetched apart from the kept page: {"text": "12 seats left"}."""
    desk = desk_of_now(occasion)
    return JsonResponse({"text": desk.why_closed() or seats_left_text(desk)})


@once_a_generation
def desk_of(occasion):
    """Return the desk for what its form asks; raises Http404 where there is none."""
    desk = Desk.objects.filter(occasion=occasion.pk).first()
    if desk is None:
        raise Http404("registers elsewhere, or not at all")
    # A desk makes itself known to its occasion, and the row that was given may be shared by many pages.
    desk.occasion = copy(occasion)
    return desk


def desk_of_now(occasion):
    """Return the desk with the number of seats that are held at this moment; raises Http404 where there is none."""
    desk = copy(desk_of(occasion))
    desk.taken = get_object_or_404(Desk.objects.only("taken"), pk=desk.pk).taken
    return desk


def seats_left_text(desk):
    """Return what is left in words; "" where there is no limit."""
    if desk.capacity is None:
        return ""
    if desk.seats_left <= 0:
        return _("All seats are taken. You can join the waiting list.")
    return ngettext("%(left)s seat left", "%(left)s seats left", desk.seats_left) % {"left": desk.seats_left}
