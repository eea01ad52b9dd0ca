"""What protects another's account, for administrators: the phone is lost, a session is left open at an event."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts import sessions
from portal.accounts.events import Kind, note
from portal.accounts.views import protection_of, tell_ended
from portal.keys import key_in


class ProtectionMixin:
    """Adds the page `<account>/protection/` to the admin of accounts; each deed asks for the password again."""

    def get_urls(self):
        page = path("<key:pk>/protection/", self.admin_site.admin_view(self.protection), name="auth_user_protection")
        return [page, *super().get_urls()]

    def protection_link(self, account):
        address = reverse("admin:auth_user_protection", args=[account.pk])
        return format_html('<a href="{}">{}</a>', address, _("Second factor, sessions, last sign-ins"))

    protection_link.short_description = gettext_lazy("Protection")

    @method_decorator(reauthentication_required(allow_get=True))
    def protection(self, request, pk):
        account = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, account):
            raise Http404("no such account")
        if request.method == "POST":
            messages.success(request, self._do(request, account))
            return redirect("admin:auth_user_protection", pk)
        context = {
            **self.admin_site.each_context(request),
            **protection_of(account),
            "title": _("Protection of %(account)s") % {"account": account},
            "account": account,
        }
        return render(request, "admin/account/others.html", context)

    def _do(self, request, account):
        """Do what the button says, note it with the account and in the history; return the sentence."""
        if request.POST.get("factor") == "remove":
            Authenticator.objects.filter(user=account).delete()
            sessions.end(sessions.sessions_of(account))
            note(request, account, Kind.FACTOR_REMOVED)
            get_adapter(request).send_notification_mail("account/email/factor_removed", account)
            said = _("The second factor is removed and every session ended.")
        else:
            chosen = sessions.sessions_of(account)
            key = key_in(request.POST.get("session"))
            if key is not None:
                chosen = chosen.filter(pk=key)
            said = tell_ended(sessions.end(chosen))
            note(request, account, Kind.SESSIONS_ENDED)
        self.log_change(request, account, said)
        return said
