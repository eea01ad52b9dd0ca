"""Which rows say the same once two people, or two organizations, are one: both on the same panel, both in a chapter."""

from django.db.models import BooleanField, DateField, UniqueConstraint

from portal.models.people import AsOfThen
from portal.scope import texts_of

SAYS_NOTHING = {"created_at", "updated_at", "position", "entered_by", "published_by"}


def twin_of(row, field, kept):
    """Return the row that would say the same as this one if its foreign key `field` pointed to `kept`; or None.

    Those are the rows that the database would refuse beside it, and, of
    appearances and of what belongs to `kept`, those that do not differ from it.
    """
    others = type(row)._base_manager.filter(**{field.name: kept}).exclude(pk=row.pk)
    if field.unique:
        return others.first()
    for names, condition in unique_sets(type(row)):
        if field.name in names:
            twin = _refused_beside(row, others, [name for name in names if name != field.name], condition)
            if twin is not None:
                return twin
    parent = getattr(row, "PARENT", None)
    if parent == field.name:
        return next((other for other in others if _agree(row, other, field)), None)
    if isinstance(row, AsOfThen):
        others = others.filter(**{parent: getattr(row, f"{parent}_id")})
        return next((other for other in others if _agree(row, other, field, lenient=field.name == "person")), None)
    return None


def unique_sets(model):
    """Yield (names of fields, condition) of every set of fields that the database holds unique together."""
    for one in (model, *model._meta.all_parents):
        for names in one._meta.unique_together:
            yield names, None
        for constraint in one._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield constraint.fields, constraint.condition


def _refused_beside(row, others, names, condition):
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in names}
    if None in values.values():  # the database takes nothing for unlike anything
        return None
    if condition is not None:
        if not type(row)._base_manager.filter(condition, pk=row.pk).exists():
            return None
        others = others.filter(condition)
    return others.filter(**values).first()


def _agree(row, other, field, lenient=False):
    """Whether two rows differ in nothing but the field; leniently, what one of them lacks is no difference."""
    passed_over = SAYS_NOTHING | texts_of(type(row)) | {field.name}  # a text without a language is no column of its own
    for one in row._meta.concrete_fields:
        if one.primary_key or one.name in passed_over:
            continue
        mine, theirs = (getattr(each, one.attname) or "" for each in (row, other))
        may_lack = lenient and not one.choices and not isinstance(one, BooleanField | DateField)
        if mine != theirs and not (may_lack and "" in (mine, theirs)):
            return False
    return True
