"""The door: on a lead's phone, who is expected, tapped as they come; walk-ins in two fields."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import CharField, EmailField, Form, HiddenInput, UUIDField
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal import registering
from portal.models import Desk, Registration
from portal.refused import Refused


class WalkInForm(Form):
    name = CharField(label=gettext_lazy("Name"), max_length=80)
    email = EmailField(label=gettext_lazy("E-mail, if they like"), max_length=254, required=False)
    key = UUIDField(required=False, widget=HiddenInput)


class DoorPages:
    """The addresses of the door, mixed into the admin of registrations.

    A script sends taps with `Accept: application/json` and keeps those that the network lost; a tap says what
    shall be ("here" or "not-here"), so that sending it twice, or from two phones, does no harm; a walk-in has a key.
    """

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("door/<key:desk>/", view(never_cache(self.door)), name="door"),
            path("door/<key:desk>/state.json", view(never_cache(self.state)), name="door-state"),
            path("door/<key:desk>/<key:pk>/", view(require_POST(self.mark)), name="door-mark"),
            path("door/<key:desk>/walk-in/", view(require_POST(self.walk_in)), name="door-walk-in"),
            *super().get_urls(),
        ]

    def door(self, request, desk):
        """Everyone with a seat, by name; `?who=` marks the one whose code was scanned."""
        desk = self._desk(request, desk)
        guests = list(self._guests(desk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Door"),
            "desk": desk,
            "guests": guests,
            "here": sum(guest.checked_in_at is not None for guest in guests),
            "who": request.GET.get("who", ""),
            "form": WalkInForm(initial={"key": uuid4()}),
        }
        return TemplateResponse(request, "admin/registrations/door.html", context)

    def state(self, request, desk):
        """Who is here by now, for a phone that shows the list already: {"here": [pk, ...], "all": [pk, ...]}."""
        known = self._guests(self._desk(request, desk)).values_list("pk", "checked_in_at")
        return JsonResponse({"here": [pk for pk, came in known if came], "all": [pk for pk, _came in known]})

    def mark(self, request, desk, pk):
        guest = self._desk(request, desk).registrations.filter(pk=pk).first()
        if guest is None:
            return self._say(request, desk, _("This registration no longer exists; its owner deleted it."))
        came = request.POST.get("mark") == "here"
        return self._answer(request, desk, lambda: registering.check_in(guest, came=came))

    def walk_in(self, request, desk):
        row, form = self._desk(request, desk), WalkInForm(request.POST)
        if not form.is_valid():
            reason = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return self._say(request, desk, reason)
        return self._answer(
            request, desk, lambda: registering.walk_in(row, language=get_language(), **form.cleaned_data)
        )

    def _answer(self, request, desk, verb):
        try:
            guest = verb()
        except Refused as reason:
            return self._say(request, desk, str(reason))
        if request.accepts("text/html"):
            return redirect(f"{reverse('admin:door', args=[desk])}#g{guest.pk}")
        return JsonResponse({"pk": guest.pk, "here": guest.checked_in_at is not None})

    def _say(self, request, desk, reason):
        """Tell why it was not done; 409, so that the script does not send it again."""
        if request.accepts("text/html"):
            self.message_user(request, reason, messages.ERROR)
            return redirect("admin:door", desk)
        return JsonResponse({"reason": reason}, status=409)

    @staticmethod
    def _guests(desk):
        return desk.registrations.filter(state=Registration.State.SEATED, erased_at=None).order_by("name", "pk")

    def _desk(self, request, pk):
        """Return the desk of an occasion that the user may edit; to others it does not exist."""
        if not request.user.has_perm("portal.change_registration"):
            raise PermissionDenied
        desk = Desk.objects.editable_by(request.user).select_related("occasion").filter(pk=pk).first()
        if desk is None:
            raise Http404("no such desk")
        return desk
