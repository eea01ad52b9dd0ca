"""Who has neither password nor second factor shows who they are by signing in at the provider once more.

django-allauth lets nobody touch what protects an account before a password or a factor was given anew, and answers
403 to whoever has none of them. Here the provider's word, asked for anew, opens the same pages for as long.
"""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

METHOD = "socialaccount"
# What the session remembers, while its owner is away, of why they went there. No address can say it.
ANEW = "anew"


def ways_for(user):
    """Return the provider as a way to show who one is, as django-allauth lists its own, where it knows the account."""
    if not settings.OIDC_ISSUER or not SocialAccount.objects.filter(user_id=user.pk).exists():
        return []
    words = _("Sign in with %(name)s once more") % {"name": settings.OIDC_NAME}
    return [{"id": "provider", "description": words, "url": reverse("account_vouch")}]


def was_given(request):
    """Return whether the provider vouched anew, a short while ago, for who is signed in."""
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(one["method"] == METHOD and one.get("reauthenticated") and one["at"] > since for one in records)


@login_required
def ask(request):
    """Say why, and lead to the provider, which is to ask for its own password again."""
    if not ways_for(request.user):
        raise Http404("no provider knows this account")
    onward = get_next_redirect_url(request)
    if request.method != "POST":
        return render(request, "account/vouch.html", {"provider": settings.OIDC_NAME, "next": onward})
    provider = get_adapter().get_provider(request, "oidc")
    asked = {**provider.get_auth_params(), "prompt": "login"}
    return provider.redirect(request, AuthProcess.LOGIN, onward, data=ANEW, auth_params=asked)


def is_answered(sociallogin):
    """Return whether a sign-in at the provider is the answer to `ask`."""
    return sociallogin.state.get("data") == ANEW


def take(request, sociallogin):
    """Note the provider's word, and return the response that goes on with what was asked for."""
    if not sociallogin.is_existing or sociallogin.user != request.user:
        messages.error(request, _("That was somebody else's account over there."))
        return redirect("account_vouch")
    record_authentication(request, request.user, METHOD, reauthenticated=True, provider=sociallogin.account.provider)
    return resume_request(request) or redirect(sociallogin.get_redirect_url(request) or "account")
