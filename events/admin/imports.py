"""The page on which organizers read a programme from a file: first what would change, then the button that does it."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.importing import import_programme
from events.imports.columns import COLUMNS
from events.imports.reading import LARGEST, read
from events.imports.rows import NotReadable
from events.models import Session
from portal.admin.leftovers import ShowsLeftovers
from portal.admin.pressing import Outcome, pressed
from portal.admin.upload_fields import SmallFileField
from portal.held import Progress, hold, progress_of
from portal.models import ImportedRow
from portal.scope import edits
from portal.spreadsheets import XLSX, as_xlsx

SHOWN = 100  # lines of each part of the report


class ImportForm(forms.Form):
    file = SmallFileField(
        largest=LARGEST,
        label=gettext_lazy("file"),
        help_text=gettext_lazy("schedule.xml, schedule.json, pretalx, COSCUP session.json, CSV or XLSX."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("language of the content"),
        choices=[("", gettext_lazy("detected automatically")), *settings.LANGUAGES],
        required=False,
    )


class ImportsProgramme(ShowsLeftovers):
    """For the conferences' admin."""

    def leftovers_of(self, row):
        return ImportedRow.objects.filter(scope=row.pk, model=Session._meta.label_lower).exclude(unread=[])

    def rows_below(self, keys):
        return Session.objects.filter(pk__in=keys)

    def get_urls(self):
        pages = [
            ("import/", self.import_file, "import"),
            ("import/progress/", self.import_progress, "importing"),
            ("import/template.xlsx", self.import_template, "template"),
        ]
        return [
            *(
                path(f"<key:pk>/{route}", self.admin_site.admin_view(view), name=f"events_conference_{name}")
                for route, view, name in pages
            ),
            *super().get_urls(),
        ]

    def tools(self, request, row):
        tools = super().tools(request, row)
        if edits(request, row):
            url = reverse("admin:events_conference_import", args=[row.pk])
            tools.append({"label": _("Import a programme"), "url": url})
        return tools

    def import_template(self, request, pk):
        response = HttpResponse(as_xlsx(COLUMNS, []), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="programme.xlsx"'
        return response

    def import_progress(self, request, pk):
        """Tell the page how many rows are written, while they are."""
        conference = self._imported_into(request, pk)
        done, total = progress_of(request.GET.get("of", ""), conference.pk, request.user.pk)
        return JsonResponse({"done": done, "total": total})

    def import_file(self, request, pk):
        conference = self._imported_into(request, pk)
        if "write" in request.POST:
            return self._write(request, conference)
        form, preview = ImportForm(request.POST or None, request.FILES or None), {}
        if form.is_valid():
            content, language = form.cleaned_data["file"].read(), form.cleaned_data["language"]
            try:
                report = import_programme(conference, read(content), language=language)
                held = hold(content, conference.pk, request.user.pk, language)
                preview = {"report": report, "held": held, "shown": SHOWN}
            except NotReadable as error:
                form.add_error("file", str(error))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import a programme into %(row)s") % {"row": conference},
            "opts": self.opts,
            "original": conference,
            "form": form,
            **preview,
        }
        return TemplateResponse(request, "admin/events/import.html", context)

    def _imported_into(self, request, pk):
        conference = self.get_object(request, str(pk))
        if conference is None or not edits(request, conference):
            raise PermissionDenied
        return conference

    def _write(self, request, conference):
        facts = (request.POST["write"], conference.pk, request.user.pk)
        back = reverse("admin:events_conference_import", args=[conference.pk])
        outcome = pressed(partial(self._written, request, conference), *facts, back=back)
        self.message_user(request, outcome.words, outcome.level)
        return _go_on(request, outcome.url)

    def _written(self, request, conference, content, language):
        progress = Progress(request.POST["write"])
        how = {"language": language, "write": True, "user": request.user, "progress": progress}
        try:
            report = import_programme(conference, read(content), **how)
        except IntegrityError:  # somebody else took an address at the same moment; nothing is written, so look again
            report = import_programme(conference, read(content), **how)
        self.log_change(request, conference, _("Programme imported: %(summary)s.") % {"summary": report.summary})
        url = reverse("admin:events_conference_change", args=[conference.pk])
        words = _("Imported: %(summary)s.") % {"summary": report.summary}
        return Outcome(messages.SUCCESS, words, self.leftovers_url(conference) if report.unread else url)


def _go_on(request, url):
    """Send a browser to the next page; the script that shows the progress is told where that is."""
    if request.headers.get("accept") == "application/json":
        return JsonResponse({"url": url})
    return HttpResponseRedirect(url)
