"""How far a user reaches, asked of one row, one field, one model."""

from modeltranslation.translator import NotRegistered, translator

from portal.publishing import Curated, CuratedQuerySet
from portal.rights import curates, translates


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


def only_translates(request, model):
    """Return whether the user reaches rows of the model for their texts alone, and may edit none as such."""
    user = request.user
    return translates(user) and not curates(user, model) and not model.objects.editable_by(user).exists()


def edits_all(request, rows):
    """Learn at once which of the rows, and of the rows they belong to, the user may change; `edits` remembers."""
    known = request.__dict__.setdefault("_edited_rows", {})
    parents = [getattr(row, row.PARENT) for row in rows if getattr(row, "PARENT", None)]
    for some in (list(rows), parents):
        for model in {type(row) for row in some}:
            keys = {row.pk for row in some if type(row) is model}
            if curates(request.user, model) or not issubclass(model, Curated):
                continue
            theirs = set(model.objects.editable_by(request.user).filter(pk__in=keys).values_list("pk", flat=True))
            known |= {(model._meta.label, key): key in theirs for key in keys}


def texts_of(model):
    """Return the names of the model's translated fields, by the name without a language."""
    try:
        return frozenset(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return frozenset()
