"""Where a row is edited."""

from django.urls import reverse

from portal.models import Occasion


def edited_as(site, row):
    """Return the model under which the admin edits a row: for an occasion, the kind that its wing registered."""
    if type(row) is not Occasion:
        return type(row)
    kinds = (model for model in site._registry if issubclass(model, Occasion) and model is not Occasion)
    return next(kind for kind in kinds if row.wing == kind.WING)


def admin_url(site, model, page, *args):
    """Return the address of an admin page of a model: changelist, add, change, history, delete."""
    return reverse(f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def change_url(site, row):
    return admin_url(site, edited_as(site, row), "change", row.pk)
