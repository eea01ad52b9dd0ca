"""Who has neither password nor second factor shows who they are by signing in at the provider once more.

django-allauth lets nobody touch what protects an account before a password or a factor was given anew, and answers
403 to whoever has none of them. Here the provider's word, asked for anew, opens the same pages for as long. It counts
only with the moment at which it asked for the password: one that passes `prompt=login` over has nothing to say.
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
# What the session remembers, while its owner is away, of when they were sent to sign in anew. No address can say it.
ANEW = "anew_since"
# How far apart the clocks of both servers may be, in seconds.
CLOCKS_APART = 60


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
    # A maximum age has the provider tell when it asked for the password; without one it need not.
    asked = {**provider.get_auth_params(), "prompt": "login", "max_age": "0"}
    return provider.redirect(request, AuthProcess.LOGIN, onward, data={ANEW: time.time()}, auth_params=asked)


def is_answered(sociallogin):
    """Return whether a sign-in at the provider is the answer to `ask`."""
    return ANEW in (sociallogin.state.get("data") or {})


def _is_fresh(sociallogin):
    """Return whether the provider tells that it asked for the password since we sent its owner there, not long ago."""
    told = (sociallogin.account.extra_data.get("id_token") or {}).get("auth_time")
    if not isinstance(told, int | float):
        return False
    now, sent = time.time(), sociallogin.state["data"][ANEW]
    oldest = max(sent, now - app_settings.REAUTHENTICATION_TIMEOUT)
    return oldest - CLOCKS_APART <= told <= now + CLOCKS_APART


def take(request, sociallogin):
    """Note the provider's word, and return the response that goes on with what was asked for."""
    if not sociallogin.is_existing or sociallogin.user != request.user:
        messages.error(request, _("That was somebody else's account at the other site."))
        return redirect("account_vouch")
    if not _is_fresh(sociallogin):
        told = _(
            "%(name)s does not say that it just asked for your password. Have one for this site sent to you instead."
        )
        messages.error(request, told % {"name": settings.OIDC_NAME})
        return redirect("account_vouch")
    record_authentication(request, request.user, METHOD, reauthenticated=True, provider=sociallogin.account.provider)
    return resume_request(request) or redirect(sociallogin.get_redirect_url(request) or "account")
