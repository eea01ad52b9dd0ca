"""The forms of signing in and of passkeys, in our words."""

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from fido2.webauthn import RegistrationResponse


class SignInForm(LoginForm):
    """Name or address, password, and whether this device stays signed in; labels instead of placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name or e-mail")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        self.fields["remember"].label = _("Stay signed in on this device, for two weeks at most")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CredentialField(JSONField):
    """What a browser says of a passkey; of what Python's parser refuses by other errors of its own, that it is no JSON.

    These are lists within lists by the thousand, and numbers of thousands of digits.
    """

    widget = HiddenInput

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data, initial):
        """Begin anew where the form comes back: nobody mends by hand what a browser said."""
        return initial


class SignInByPasskeyForm(LoginWebAuthnForm):
    credential = CredentialField()


class SecondFactorByPasskeyForm(AuthenticateWebAuthnForm):
    credential = CredentialField()


class ShowAgainByPasskeyForm(ReauthenticateWebAuthnForm):
    credential = CredentialField()


class AddPasskeyForm(AddWebAuthnForm):
    """One that signs in by itself is what the page of signing in asks for: so it is offered first."""

    credential = CredentialField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = pgettext_lazy("of a thing", "Name")
        self.fields["passwordless"].initial = True

    def clean_credential(self):
        """Refuse what no browser says of a passkey; reading it ends in more errors than django-allauth expects."""
        credential = self.cleaned_data["credential"]
        try:
            RegistrationResponse.from_dict(credential)
        except (TypeError, ValueError, LookupError, AttributeError):
            invalid = self.fields["credential"].error_messages["invalid"]
            raise ValidationError(invalid, code="invalid") from None
        return credential


class EditPasskeyForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = pgettext_lazy("of a thing", "Name")
