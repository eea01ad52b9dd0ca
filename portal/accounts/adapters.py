"""What django-allauth is told about this site: no public sign-up, mail through the outbox, our lock-out."""

import base64
import hashlib
import ipaddress
from io import BytesIO

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import mail
from portal.accounts import guessing, second_factor, vouching
from portal.limits import network_of
from portal.locking import lock
from portal.models import Community

WRONG = gettext_lazy("Wrong name or password.")


class AccountAdapter(DefaultAccountAdapter):
    """Organizers' accounts are made in the admin and by nobody else."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Wait a quarter of an hour, sign in with a passkey, or have a new password sent to you."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Tries are counted in `authenticate`, by rules of our own."""

    def authenticate(self, request, **credentials):
        tried = guessing.attempt(request, credentials.get("username") or credentials.get("email") or "")
        if tried is None:
            raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user is not None:
            tried.delete()
        return user

    def pre_login(self, request, user, **kwargs):
        """An account that may not enter the admin has nothing to sign in to."""
        if not user.is_staff:
            return redirect("account_inactive")
        return super().pre_login(request, user, **kwargs)

    def get_reauthentication_methods(self, user):
        """The provider is asked only where nothing else can show who somebody is."""
        return super().get_reauthentication_methods(user) or vouching.ways_for(user)

    def is_reauthentication_required(self, *, app, **kwargs):
        return not vouching.was_given(self.request) and super().is_reauthentication_required(app=app, **kwargs)

    def is_safe_url(self, url):
        """Only this very host is led to after signing in, not every name the portal answers to."""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, require_https=self.request.is_secure())

    def get_client_ip(self, request):
        """Return the first address of the visitor's network: sessions are listed by it, and nobody is followed."""
        network = network_of(request)
        return "0.0.0.0" if network == "unknown" else str(ipaddress.ip_network(network).network_address)

    def get_reset_password_from_key_url(self, key):
        """From the address that is set and not from the Host header, which whoever asks may make up."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix, email, context):
        """Render a mail of django-allauth's in the language of the request and put it into the outbox."""
        context = {**context, "email": email}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        mail.post(email, subject, render_to_string(f"{template_prefix}_message.txt", context))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie in the database encrypted, under keys made of SECRET_KEY and its predecessors."""

    def encrypt(self, text):
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _locks().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url):
        """Drawn as every other QR code here."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", xmldecl=False, scale=4, border=2)
        return drawn.getvalue().decode()

    def get_totp_issuer(self):
        return Community.current().name

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": Community.current().name}

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator):
        """The last factor of an account that needs one stays until there is another.

        The account is held, so that two factors given up at the same moment are not each the other's reason.
        """
        user = lock(authenticator.user)
        others = Authenticator.objects.filter(user=user, type__in=second_factor.FACTORS).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.is_required(user)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Whoever comes from the provider of sign-ins gets into an account that is there, and makes none."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Tie a first sign-in to the one account with the address that the provider has verified.

        Not to a superuser's: that one is tied by its owner, signed in. And not where several accounts share
        the address, since nobody knows whose it is.
        """
        if vouching.is_answered(sociallogin):
            raise ImmediateHttpResponse(vouching.take(request, sociallogin))
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        accounts = [account for email in verified for account in User.objects.filter(email__iexact=email)[:2]]
        if len(accounts) == 1 and not accounts[0].is_superuser and accounts[0].is_staff:
            sociallogin.connect(request, accounts[0])

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Say that it did not work, and not what the provider said: it may hold what is nobody else's."""
        if error != AuthError.CANCELLED:
            raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=502))


def _locks():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [hashlib.sha256(b"portal.accounts.second-factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])
