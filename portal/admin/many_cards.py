"""Cards on a form are for dozens: a form with hundreds weighs megabytes, and their rows have a list of their own."""

MOST_CARDS = 50


class LeavesOutManyCards:
    """For admins with cards: those of a kind of which the row has more than `MOST_CARDS` are left to its list."""

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if obj is None or not self._is_left_out(request, obj, formset):
                yield formset, inline

    def _is_left_out(self, request, obj, formset):
        """What is saved is what the form was opened with, whatever was added or deleted since."""
        if request.method == "POST":
            return f"{formset.get_default_prefix()}-TOTAL_FORMS" not in request.POST
        return obj.pk and formset.model in self.admin_site._registry and self._count(formset, obj) > MOST_CARDS

    @staticmethod
    def _count(formset, obj):
        return formset.model.objects.filter(**{formset.fk.name: obj.pk}).count()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        shown = {one.formset.model for one in context["inline_admin_formsets"]}
        kinds = [inline.model for inline in self.get_inline_instances(request, obj)] if change else []
        context["left_to_lists"] = [kind._meta.verbose_name_plural for kind in kinds if kind not in shown]
        return super().render_change_form(request, context, add, change, form_url, obj)
