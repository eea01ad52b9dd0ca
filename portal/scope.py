"""How far a user reaches, asked of one row, one field, one model."""

from modeltranslation.translator import NotRegistered, translator

from portal.publishing import CuratedQuerySet
from portal.rights import curates


def choices_for(field, user):
    """Return the rows that a foreign key or many-to-many field may point to, as far as the user is concerned."""
    rows = field.related_model._default_manager.all()
    if not isinstance(rows, CuratedQuerySet):  # accounts
        label, name = rows.model._meta.app_label, rows.model._meta.model_name
        return rows if user.has_perm(f"{label}.view_{name}") else rows.none()
    if field.name == getattr(field.model, "PARENT", None):
        return rows.fillable_by(user)
    return rows.choosable_by(user)


def edits(request, row):
    """Return whether the user may change the row as such; asked once a request."""
    if curates(request.user, type(row)):
        return True
    known = request.__dict__.setdefault("_edited_rows", {})
    key = (row._meta.label, row.pk)
    if key not in known:
        known[key] = type(row).objects.editable_by(request.user).filter(pk=row.pk).exists()
    return known[key]


def texts_of(model):
    """Return the names of the model's translated fields, by the name without a language."""
    try:
        return frozenset(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return frozenset()
