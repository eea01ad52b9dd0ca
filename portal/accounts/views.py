"""An organizer's own account: what protects it, where it is signed in, what happened to it."""

from functools import wraps
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from requests import RequestException

from portal.accounts import second_factor, sessions
from portal.accounts.events import Kind, logger, note
from portal.keys import key_in

EVENTS_SHOWN = 20


@login_required
def account(request):
    context = {
        **admin.site.each_context(request),
        **protection_of(request.user),
        "title": _("Your account"),
        "current_key": request.session.session_key,
        "is_missing": second_factor.is_missing(request.user),
        "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
    }
    return render(request, "admin/account/own.html", context)


class RemovePasskey(RemoveWebAuthnView):
    """As django-allauth's, which asks of an app with codes alone whether the last factor may go."""

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


def protection_of(user):
    """Return what the page of an account shows: factors, sessions, sign-ins elsewhere, the last events."""
    return {
        "factors": list(Authenticator.objects.filter(user=user, type__in=second_factor.FACTORS).order_by("pk")),
        "is_required": second_factor.is_required(user),
        "sessions": list(sessions.sessions_of(user)),
        "connections": list(SocialAccount.objects.filter(user=user)),
        "happened": list(user.account_events.all()[:EVENTS_SHOWN]),
    }


@require_POST
@login_required
def end_sessions(request):
    """End the session that the form names, or all others of the account."""
    chosen = request.POST.get("session", "")
    if chosen == "others":
        ended = sessions.end_others(request, request.user)
    elif key_in(chosen) is not None:
        ended = sessions.end(sessions.sessions_of(request.user).filter(pk=key_in(chosen)))
    else:
        raise Http404("no such session")
    if ended:
        note(request, request.user, Kind.SESSIONS_ENDED)
    messages.success(request, tell_ended(ended))
    return redirect("account")


def tell_ended(count):
    return ngettext("%(count)s session ended.", "%(count)s sessions ended.", count) % {"count": count}


def told_when_down(view):
    """Wrap a view that asks the provider of sign-ins first: where it does not answer, the page says so."""

    @wraps(view)
    def told(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except RequestException as problem:
            logger.warning("the provider of sign-ins does not answer: %s", type(problem).__name__)
            return render(request, "socialaccount/authentication_error.html", status=502)

    return told


def leads_to_provider(view):
    """Wrap a view whose form is answered by a redirect to the provider of sign-ins, which the policy must allow."""

    @wraps(view)
    def allowed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if settings.OIDC_ISSUER:
            parts = urlsplit(settings.OIDC_ISSUER)
            response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}
        return response

    return allowed
