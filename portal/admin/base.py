"""What the admin of every curated, translated model is composed of."""

from modeltranslation.admin import TranslationAdmin

from portal.admin.deleting import Deletes
from portal.admin.forms import OrganizersForm
from portal.admin.history import KeepsHistory
from portal.admin.inviting import Invites
from portal.admin.languages import LanguageGapFilter, PairedLanguages
from portal.admin.list_forms import EditsLists
from portal.admin.pressing import once_a_press
from portal.admin.reviewing import Reviews
from portal.admin.scoped import ScopedAdmin
from portal.entered import Entered
from portal.previews import preview_path, published_with


class CuratedAdmin(Invites, Reviews, KeepsHistory, EditsLists, Deletes, ScopedAdmin, PairedLanguages, TranslationAdmin):
    """One scope, two languages on a line. A subclass declares its `fieldsets`."""

    form = OrganizersForm
    change_form_template = "admin/curated/change_form.html"
    change_list_template = "admin/curated/change_list.html"
    list_per_page = 50
    list_filter = [LanguageGapFilter]
    show_full_result_count = False
    # Whether a browser may keep what is typed until it is saved: true of what becomes public, and of nothing private.
    keeps_typed = True

    def add_view(self, request, form_url="", extra_context=None):
        make = super().add_view
        return once_a_press(request, lambda: make(request, form_url, extra_context))

    def save_model(self, request, obj, form, change):
        if not change and isinstance(obj, Entered):
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        stored = self._as_stored(request, obj)
        if stored is not None and hasattr(stored, "get_absolute_url"):
            owner = published_with(stored)
            public = owner is None or owner.is_published
            context |= {"public_url": stored.get_absolute_url()} if public else {"preview_url": preview_path(stored)}
        if stored is not obj:  # the page is headed by the row's name, and not by what was typed for it
            context |= {"original": stored, "subtitle": str(stored)}
        context["keeps_typed"] = self.keeps_typed
        context["tools"] = self.tools(request, stored) if stored is not None else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _as_stored(self, request, obj):
        """Return the row as it is; in a form that came back it has what was typed, which may be no address at all."""
        is_typed_over = obj is not None and request.method == "POST"
        return self.model._default_manager.get(pk=obj.pk) if is_typed_over else obj

    def _whole_rows(self, request, queryset):
        """Return those of the rows the user may change as such, and not only translate."""
        return list(queryset.filter(pk__in=self.model.objects.editable_by(request.user).values("pk")))
