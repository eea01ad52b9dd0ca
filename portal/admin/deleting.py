"""What goes along when rows are deleted, as people count it, and the bin instead of the end."""

from django.apps import apps
from django.utils.text import capfirst

from portal.binning import put_into_bin


class Deletes:
    """For admins of curated rows."""

    delete_confirmation_template = "admin/curated/delete.html"
    delete_selected_confirmation_template = "admin/curated/delete_selected.html"

    def get_deleted_objects(self, objs, request):
        """As the stock one, without the rows that only say that two others belong together."""
        tree, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        named = tuple(f"{capfirst(one.verbose_name)}: " for one in ties)
        plurals = {str(one.verbose_name_plural) for one in ties}
        counts = {name: count for name, count in counts.items() if str(name) not in plurals}
        return _without(tree, named), counts, forbidden, protected

    def delete_model(self, request, obj):
        put_into_bin(obj, request.user)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            put_into_bin(row, request.user)


def _without(tree, named):
    """Return a nested list of lines without those that begin with one of the names; nothing lies below those."""
    return [
        _without(branch, named) if isinstance(branch, list) else branch
        for branch in tree
        if isinstance(branch, list) or not str(branch).startswith(named)
    ]
