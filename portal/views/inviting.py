"""The page behind an invitation's link: choose a name and a password, and the account is there."""

from django.contrib import messages
from django.contrib.auth.forms import BaseUserCreationForm
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.inviting import CannotInvite, NameTaken, accept, check, find, in_words, scope_of


@never_cache
def invitation_page(request, token, site):
    """Show what the invitation is for; a POST makes the account. A link that holds no more says why, with 410."""
    context = {**site.each_context(request), "title": _("Invitation")}
    try:
        invitation = find(token)
        check(invitation)
        suggested = {"username": invitation.email.partition("@")[0]}
        form = BaseUserCreationForm(request.POST or None, initial=suggested)
        if form.is_valid():
            try:
                account = accept(invitation, form.cleaned_data["username"], form.cleaned_data["password1"])
            except NameTaken:
                form = BaseUserCreationForm(request.POST)  # which finds the name taken now, and says so
            else:
                messages.success(request, _("Your account “%(name)s” is ready: sign in.") % {"name": account})
                return redirect("admin:login")
    except CannotInvite as reason:
        return render(request, "admin/invitation.html", {**context, "reason": str(reason)}, status=410)
    role, over = in_words(*scope_of(invitation))
    context |= {"invitation": invitation, "form": form, "role": capfirst(role), "scope": over}
    return render(request, "admin/invitation.html", context)
