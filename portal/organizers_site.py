"""The admin site of the portal."""

from functools import wraps

from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignObjectRel
from django.db.models.base import ModelBase
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

from portal import start
from portal.accounts import second_factor
from portal.binning import KEPT_FOR
from portal.publishing import Curated
from portal.scope import choices_for
from portal.views.bin import bin_page
from portal.views.inviting import invitation_page
from portal.views.merges import merges_page
from portal.views.outbox import outbox as outbox_view
from portal.views.translating import queue_page, row_page

# What the admin's scripts say.
WORDS = {
    "basics": _("Basics"),
    "up": _("Move up"),
    "down": _("Move down"),
    "kept": _("What you typed here was not saved."),
    "restore": _("Restore it"),
    "discard": _("Discard it"),
}


class ScopedAutocomplete(AutocompleteJsonView):
    """Typing finds what the user may tie to the row, not what they may edit."""

    def process_request(self, request):
        found = super().process_request(request)
        if isinstance(found[2], ForeignObjectRel):  # what the field of another model leads back by
            raise PermissionDenied
        return found

    def has_perm(self, request, obj=None):
        """Whoever may add or change rows of the kind that has the field, or of a kind that inherits it."""
        source = self.source_field.model
        return any(
            request.user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")
            for model in apps.get_models()
            if issubclass(model, source)
            for verb in ("add", "change")
        )

    def get_queryset(self):
        rows = choices_for(self.source_field, self.request.user)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        rows, repeats = self.model_admin.get_search_results(self.request, rows, self.term)
        return rows.distinct() if repeats else rows


class PortalAdminSite(AdminSite):
    """The stock admin under the community's own name."""

    site_header = _("Organizers")
    site_title = _("Organizers")
    index_title = _("What needs doing")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take what is ours; the admin pages that packages bring along know no scope and speak English only."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        ours = [model for model in models if issubclass(model, Curated) or model._meta.app_label == "auth"]
        super().register(ours, admin_class, **options)

    def each_context(self, request):
        words = {**WORDS, "user": request.user.pk}
        return {**super().each_context(request), "words": words, "days_in_bin": KEPT_FOR.days}

    def index(self, request, extra_context=None):
        return super().index(request, {**start.page(self, request), **(extra_context or {})})

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Send who is a stranger to the sign-in of `portal.accounts`, and refuse who is not allowed in here."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied
            return redirect("admin:index")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def admin_view(self, view, cacheable=False):
        """As the stock one, and no door opens before the account has the second factor that its groups ask for.

        A script is answered 403: it would take the page of signing in, which it is led to otherwise, for a yes.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def opened(request, *args, **kwargs):
            may_enter = self.has_permission(request)
            lacks_factor = may_enter and second_factor.is_missing(request.user)
            if not request.accepts("text/html") and (lacks_factor or not may_enter):
                return JsonResponse({"reason": _("You are signed out.")}, status=403)
            if lacks_factor:
                messages.warning(request, _("Your role asks for a second factor. Set one up, then go on."))
                return redirect("mfa_index")
            return guarded(request, *args, **kwargs)

        return opened

    def get_urls(self):
        pages = [
            path("bin/", self.admin_view(bin_page), {"site": self}, name="bin"),
            path("merges/", self.admin_view(merges_page), {"site": self}, name="merges"),
            path("translations/", self.admin_view(queue_page), {"site": self}, name="translations"),
            path("translations/<str:label>/<key:pk>/", self.admin_view(row_page), {"site": self}, name="translation"),
            path("outbox/", self.admin_view(outbox_view), name="outbox"),
            path("invitation/<str:token>/", invitation_page, {"site": self}, name="invitation"),
            path("language/", set_language, name="language"),
        ]
        return [*pages, *super().get_urls()]

    def autocomplete_view(self, request):
        return ScopedAutocomplete.as_view(admin_site=self)(request)
