"""Lists into spreadsheets and back: an export of what a list shows, an import that first shows what it would do."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.admin.pressing import Outcome, pressed
from portal.admin.upload_fields import SmallFileField
from portal.admin_addresses import admin_url
from portal.held import hold
from portal.spreadsheets import XLSX, as_csv
from portal.tables.applying import NotWritten, write
from portal.tables.files import LARGEST, NotReadable, read
from portal.tables.lines import CHANGED, NEW, REFUSED, SAME
from portal.tables.planning import Plan
from portal.tables.writing import a_template, as_xlsx, explanation

CSV = "text/csv; charset=utf-8"
SHOWN = 200  # lines of each kind
WORDS = {
    REFUSED: gettext_lazy("Refused"),
    NEW: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    SAME: gettext_lazy("The same"),
}


class TableForm(forms.Form):
    file = SmallFileField(
        largest=LARGEST,
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX, or CSV in UTF-8 or GB 18030."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class Rights:
    """What the user of a request may do, as the forms of an admin would let them."""

    def __init__(self, model_admin, request):
        self.admin, self.request = model_admin, request

    def may_add(self):
        return self.admin.has_add_permission(self.request)

    def may_change(self, row):
        return self.admin.has_change_permission(self.request, row)

    def open_fields(self, row):
        return self.admin.open_fields(self.request, row)


class InTables:
    """For admins of models that have a `table` (`portal.tables.table.Table`)."""

    table = None
    change_list_template = "admin/curated/table_list.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("import/", view(self.import_page), name=f"{name}_import"),
            path("import/template.xlsx", view(self.template_file), name=f"{name}_template"),
            path("export.xlsx", view(self.export_file), {"kind": "xlsx"}, name=f"{name}_export_xlsx"),
            path("export.csv", view(self.export_file), {"kind": "csv"}, name=f"{name}_export_csv"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        ways = {"may_import": self._may_import(request), "list_query": request.GET.urlencode()}
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    def _may_import(self, request):
        return self.has_add_permission(request) or self.has_change_permission(request)

    # Out

    def export_file(self, request, kind):
        """The rows of the list as it is filtered, within the user's scope; all of its pages."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(admin_url(self.admin_site, self.model, "changelist"))
        heads, lines = self.table.cells(rows)
        if kind == "csv":
            return self._file(as_csv(heads, lines), CSV, kind)
        return self._file(as_xlsx(heads, lines, self._title), XLSX, kind)

    def template_file(self, request):
        if not self._may_import(request):
            raise PermissionDenied
        return self._file(a_template(self.table, self._title), XLSX, "xlsx")

    @property
    def _title(self):
        return capfirst(str(self.opts.verbose_name_plural))

    def _file(self, content, content_type, kind):
        name = f"{self.opts.model_name}.{kind}"
        return HttpResponse(content, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    # In

    def import_page(self, request):
        if not self._may_import(request):
            raise PermissionDenied
        if "write" in request.POST:
            return self._write(request)
        form, preview = TableForm(request.POST or None, request.FILES or None), {}
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                plan = Plan(self.table, read(content), request.user, Rights(self, request))
                preview = self._preview(request, plan, content)
            except NotReadable as error:
                form.add_error("file", str(error))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import: %(rows)s") % {"rows": self._title},
            "opts": self.opts,
            "form": form,
            "explanation": explanation(self.table),
            **preview,
        }
        return TemplateResponse(request, "admin/curated/table_import.html", context)

    def _preview(self, request, plan, content):
        ready = plan.is_sound and plan.to_write
        return {
            "plan": plan,
            "parts": [(state, word, lines) for state, word in WORDS.items() if (lines := plan.of_state(state))],
            "shown": SHOWN,
            "held": hold(content, self.opts.label_lower, request.user.pk, plan.digest()) if ready else "",
        }

    def _write(self, request):
        facts = (request.POST["write"], self.opts.label_lower, request.user.pk)
        outcome = pressed(partial(self._written, request), *facts, back=request.path)
        self.message_user(request, outcome.words, outcome.level)
        return HttpResponseRedirect(outcome.url)

    def _written(self, request, content, expected):
        try:
            plan = write(self.table, read(content), request.user, Rights(self, request), expected)
        except NotWritten as reason:
            return Outcome(messages.ERROR, str(reason), request.path)
        count = len(plan.to_write)
        words = ngettext("%(count)d row is written.", "%(count)d rows are written.", count) % {"count": count}
        url = admin_url(self.admin_site, self.model, "changelist")
        return Outcome(messages.SUCCESS, f"{words} {plan.summary}", url)
