"""What the admin of every curated, translated model is composed of."""

from modeltranslation.admin import TranslationAdmin

from portal.admin.forms import OrganizersForm
from portal.admin.inlines import NATIVE_INPUTS
from portal.admin.languages import LanguageGapFilter, PairedLanguages
from portal.admin.scoped import ScopedAdmin
from portal.publishing import Entered


class CuratedAdmin(ScopedAdmin, PairedLanguages, TranslationAdmin):
    """One scope, two languages on a line, the browser's own inputs. A subclass declares its `fieldsets`."""

    form = OrganizersForm
    formfield_overrides = NATIVE_INPUTS
    change_form_template = "admin/curated/change_form.html"
    change_list_template = "admin/curated/change_list.html"
    list_per_page = 50
    list_filter = [LanguageGapFilter]
    show_full_result_count = False

    def save_model(self, request, obj, form, change):
        if not change and isinstance(obj, Entered):
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)
