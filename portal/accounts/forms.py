"""The form of signing in, in our words."""

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Name or address, password, and whether this device stays signed in; labels instead of placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name or e-mail")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        self.fields["remember"].label = _("Stay signed in on this device for two weeks")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
