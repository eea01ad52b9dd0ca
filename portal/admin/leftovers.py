"""What an import did not understand of a row, or had no place for, and kept in words: for whoever edits the row."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from portal.admin_addresses import change_url
from portal.models import ImportedRow
from portal.scope import edits

PER_PAGE = 50


class ShowsLeftovers:
    """For the admin of rows that are imported; it links the page from a row of which something was kept."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.not_understood)
        return [path("<key:pk>/not-understood/", view, name=self._leftovers_name()), *super().get_urls()]

    def tools(self, request, row):
        tools = super().tools(request, row)
        if self.leftovers_of(row).exists() and edits(request, row):
            tools.append({"label": _("What the import did not understand"), "url": self.leftovers_url(row)})
        return tools

    def leftovers_of(self, row):
        """Return the memories, of this row or of those below it, in which something is kept."""
        return ImportedRow.objects.filter(model=self.model._meta.label_lower, object_id=row.pk).exclude(unread=[])

    def rows_below(self, keys):
        """Return the rows that the memories with these `object_id`s are of."""
        return self.model.objects.filter(pk__in=keys)

    def leftovers_url(self, row):
        return reverse(f"admin:{self._leftovers_name()}", args=[row.pk])

    def not_understood(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None or not edits(request, row):
            raise PermissionDenied
        page = Paginator(self.leftovers_of(row).order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
        rows = {one.pk: one for one in self.rows_below([memory.object_id for memory in page])}
        found = [(rows[memory.object_id], memory) for memory in page if memory.object_id in rows]
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the import did not understand"),
            "opts": self.opts,
            "original": row,
            "page": page,
            "found": [(one, change_url(self.admin_site, one), memory) for one, memory in found],
        }
        return TemplateResponse(request, "admin/not_understood.html", context)

    def _leftovers_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_leftovers"
