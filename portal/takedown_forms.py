"""What somebody who wants a photo taken down is asked: why, and, if they like, how to reach them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import Takedown
from portal.signup_forms import Guarded


class TakedownForm(Guarded):
    """Nothing but the reason must be told."""

    reason = forms.ChoiceField(label=_("Why"), choices=Takedown.Reason, widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("What we should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("Only to tell you the outcome. It is erased as soon as that is decided."),
    )
