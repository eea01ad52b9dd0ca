"""Rows that belong to another row: first whose it is, then the rest; a list shows those of one at a time."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.admin.base import CuratedAdmin
from portal.admin.forms import PartForm
from portal.admin.languages import LanguageGapFilter
from portal.admin_addresses import change_url
from portal.keys import key_in
from portal.models import Occasion

_NAME_FOR_LINK = {"parent_link": "parent_name"}


class ParentFilter(admin.SimpleListFilter):
    """Rows of one parent. The latest parents are offered; any other is reached from its own page."""

    OFFERED = 12

    def __init__(self, request, params, model, model_admin):
        self.parameter_name = model.PARENT
        self.title = model._meta.get_field(model.PARENT).verbose_name
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        parents = model_admin.parents(request).order_by("-pk")[: self.OFFERED]
        offered = [(str(parent.pk), str(parent)) for parent in parents]
        chosen = self.value()
        if chosen and chosen not in dict(offered):
            named = model_admin.parents(request).filter(pk=key_in(chosen))
            offered += [(str(parent.pk), str(parent)) for parent in named]
        return offered

    def queryset(self, request, queryset):
        chosen = key_in(self.value())
        return queryset if chosen is None else queryset.filter(**{self.parameter_name: chosen})


class OwnedAdmin(CuratedAdmin):
    """For rows of a parent (`PARENT` of the model): it is chosen before the form opens, and stays.

    So the form knows its conference: it offers that conference's venues and
    rooms only, and takes times by its clock.
    """

    form = PartForm
    list_filter = [ParentFilter, LanguageGapFilter]

    def get_list_select_related(self, request):
        return [self.model.PARENT, *(self.list_select_related or [])]

    def parents(self, request):
        """Return the rows to which the user may add rows of this kind."""
        return self._parent_field.related_model.objects.fillable_by(request.user)

    @property
    def _parent_field(self):
        return self.model._meta.get_field(self.model.PARENT)

    def chosen_parent(self, request):
        """Return the parent that the address names (`?conference=3`), or None; one out of scope counts as none."""
        return self.parents(request).filter(pk=key_in(request.GET.get(self.model.PARENT))).first()

    @admin.display(description=gettext_lazy("belongs to"))
    def parent_link(self, row):
        parent = getattr(row, self.model.PARENT)
        return format_html('<a href="{}">{}</a>', change_url(self.admin_site, parent), parent)

    @admin.display(description=gettext_lazy("belongs to"))
    def parent_name(self, row):
        return str(getattr(row, self.model.PARENT))

    def get_list_display(self, request):
        """A parent that the user may not open is a name, and no link."""
        shown = super().get_list_display(request)
        return shown if self._opens_parents(request) else [_NAME_FOR_LINK.get(name, name) for name in shown]

    def _opens_parents(self, request):
        parent = self._parent_field.related_model
        return parent is Occasion or self.admin_site.get_model_admin(parent).has_view_permission(request)

    def add_view(self, request, form_url="", extra_context=None):
        if self.has_add_permission(request) and self.chosen_parent(request) is None:
            return self._ask_for_parent(request)
        return super().add_view(request, form_url, extra_context)

    def _ask_for_parent(self, request):
        query = request.GET.copy()
        query.pop(self.model.PARENT, None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Add %(name)s: to which?") % {"name": self.opts.verbose_name},
            "kind": capfirst(self._parent_field.verbose_name),
            "name": self.model.PARENT,
            "parents": self.parents(request).order_by("-pk")[:200],
            "query": query.urlencode(),
        }
        return TemplateResponse(request, "admin/curated/choose_parent.html", context)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.parent = getattr(obj, self.model.PARENT) if obj else self.chosen_parent(request)
        return form

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        initial.pop(self.model.PARENT, None)
        if any(field.name == "position" for field in self.opts.fields):
            siblings = self.model.objects.filter(**{self.model.PARENT: self.chosen_parent(request)})
            last = siblings.order_by("position").last()
            initial.setdefault("position", last.position + 1 if last else 1)
        return initial
