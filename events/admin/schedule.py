"""The page on which a schedule is released: what changed, what looks wrong, and the button."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.conflicts import doubts_about
from events.releasing import changes, next_version, places_now, places_of, release
from portal.admin.pressing import once_a_press
from portal.scope import edits


class ReleaseForm(forms.Form):
    """What the version is called, and what readers should know of it."""

    version = forms.CharField(label=gettext_lazy("version"), max_length=40)
    note_zh_hans = forms.CharField(label=gettext_lazy("Note · 中文"), max_length=300, required=False)
    note_en = forms.CharField(label=gettext_lazy("Note · English"), max_length=300, required=False)

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference = conference
        self.fields["version"].initial = next_version(conference)

    def clean_version(self):
        version = self.cleaned_data["version"]
        if self.conference.releases.filter(version=version).exists():
            raise forms.ValidationError(_("There is a release of that version already."))
        return version

    def clean(self):
        super().clean()
        if not self.conference.sessions.exclude(starts_at=None).exists():
            raise forms.ValidationError(_("No session has a time yet."))


class ReleasesSchedule:
    """For the conferences' admin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.release_schedule)
        return [path("<key:pk>/release/", view, name="events_conference_release"), *super().get_urls()]

    def tools(self, request, row):
        tools = super().tools(request, row)
        if edits(request, row):
            url = reverse("admin:events_conference_release", args=[row.pk])
            tools.append({"label": _("Release the schedule"), "url": url})
        return tools

    def release_schedule(self, request, pk):
        conference = self.get_object(request, str(pk))
        if conference is None or not edits(request, conference):
            raise PermissionDenied
        return once_a_press(request, lambda: self._asked_to_release(request, conference))

    def _asked_to_release(self, request, conference):
        form = ReleaseForm(request.POST or None, conference=conference)
        if form.is_valid():
            row = release(conference, request.user, **form.cleaned_data)
            self.log_change(request, conference, _("Schedule released: version %(name)s.") % {"name": row.version})
            self.message_user(request, _("Version %(name)s is out.") % {"name": row.version}, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:events_conference_change", args=[conference.pk]))
        latest = conference.releases.order_by("-number").first()
        places = places_now(conference)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Release the schedule of %(row)s") % {"row": conference},
            "opts": self.opts,
            "original": conference,
            "form": form,
            "latest": latest,
            "count": len(places),
            "changes": changes(places_of(latest), places, conference.time_zone) if latest else [],
            "doubts": doubts_about(conference),
        }
        return TemplateResponse(request, "admin/events/release.html", context)
