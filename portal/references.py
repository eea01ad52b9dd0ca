"""What points to a row, read from the registry of models, so that a new model cannot be forgotten."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist


def keys_to(model):
    """Return the foreign keys, of any model, that the database holds to rows of this one.

    The tables behind many-to-many fields are left out (see `ties_to`), and so
    are versions of rows: what was true then stays as it was.
    """
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one)
        and relation.auto_created
        and relation.field.db_constraint
        and not relation.field.remote_field.parent_link
        and not relation.related_model._meta.auto_created
    ]


def belonging_to(model):
    """Return the keys, as `keys_to`, of rows that belong to one of this model and to nothing else: a person's links."""
    return [key for key in keys_to(model) if getattr(key.model, "PARENT", None) == key.name]


def ties_to(model):
    """Return the many-to-many fields, of any model, to rows of this one, whose tables Django makes itself."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.many_to_many and relation.auto_created and relation.field.remote_field.through._meta.auto_created
    ]


def notes_of(row):
    """Yield querysets of rows that name this one by `model` and `object_id`, without a key, such as former slugs."""
    for model in apps.get_models():
        if _has(model, "model") and _has(model, "object_id"):
            yield model._base_manager.filter(model=row._meta.label_lower, object_id=row.pk)


def _has(model, name):
    try:
        return not model._meta.get_field(name).is_relation
    except FieldDoesNotExist:
        return False
