"""Ending every link to one person's page, for when one fell into wrong hands: first it is said what that does."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from events.volunteer_actions import note
from portal.admin_addresses import admin_url


class EndsLinks:
    """For admins of sign-ups: `to_answer(request, pk)` returns the row that the user may answer, or raises Http404."""

    @property
    def _ending(self):
        return f"{self.opts.model_name}-new-link"

    def get_urls(self):
        page = path("<key:pk>/new-link/", self.admin_site.admin_view(self.new_link), name=self._ending)
        return [page, *super().get_urls()]

    def new_link(self, request, pk):
        """Say who loses what and how they get a new link; a POST does it, and the page then shows the new one."""
        row = self.to_answer(request, pk)
        back = admin_url(self.admin_site, self.model, "change", pk)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("End all links of %(name)s") % {"name": row.name},
                "opts": self.opts,
                "row": row,
                "back": back,
            }
            return TemplateResponse(request, "admin/events/end_links.html", context)
        row.revoke_links()
        note(request.user, row, "new link")
        self.message_user(
            request, _("The old links no longer work. Here is the new one: please pass it on."), messages.SUCCESS
        )
        return redirect(back)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if self.may_answer(request):
            context["new_link_url"] = reverse(f"admin:{self._ending}", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_answer(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")
