"""The way back to a former version of a row, as far as the user's scope reaches."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.locking import lock, locked
from portal.scope import choices_for
from portal.versions import fields_of

# Whether a row is public, and whose it is, is decided by other verbs.
KEPT_AS_IT_IS = {"published_at", "published_by", "entered_by", "user"}


@transaction.atomic
def restore(row, version_id, user):
    """Give the row the values it had in one of its versions; what is public stays public, a draft a draft.

    The user's scope is that of saving a form: what they may not tie it to by hand, a version does not tie it to either.
    Return the names of the fields that stay as they are for that, as a list. Raises ValidationError, with a sentence
    for people, where nothing can be restored: an address taken since, a row gone that it referred to, a version that
    was not theirs to edit.
    """
    record = row.history.get(pk=version_id)
    with locked(row) as row:
        return _give_back(row, record, user)


@transaction.atomic
def restore_part(model, version_id, user):
    """Give a row that belongs to another the values of one of its versions; make it anew where it was deleted.

    Returns and raises as `restore` does; raises DoesNotExist where there is no such version.
    """
    record = model.history.get(pk=version_id)
    row = lock(record.instance)
    if row is not None:
        _must_be_theirs(row, user)  # it may have moved on to another's since
    return _give_back(row or record.instance, record, user)


def _give_back(row, record, user):
    left = []
    for field in fields_of(type(row)):
        if field.name in KEPT_AS_IT_IS:
            continue
        value = getattr(record, field.attname)
        if field.is_relation and value is not None:
            _must_exist(field, value)
            if not _may_tie(row, field, value, user):
                left.append(field)
                continue
        setattr(row, field.attname, value)
    row.validate_unique()
    row.validate_constraints()
    row.save()
    left += [field for field in type(row)._meta.local_many_to_many if not _tie_again(row, field, record, user)]
    _must_be_theirs(row, user)
    return [str(field.verbose_name) for field in left]


def _may_tie(row, field, value, user):
    """Return whether the row may point there; one that is made anew has nothing else to point to."""
    if not row._state.adding and getattr(row, field.attname) == value:
        return True
    may = choices_for(field, user).filter(pk=value).exists()
    if row._state.adding and not may:
        raise ValidationError(
            _("It belonged to a row that is not yours to choose: %(field)s."), params={"field": field.verbose_name}
        )
    return may


def _tie_again(row, field, record, user):
    """Tie the row to what its version was tied to; return whether the user may choose all of it that is still there."""
    tied = getattr(row, field.name)
    then = getattr(record, field.name).values_list(f"{field.m2m_reverse_field_name()}_id", flat=True)
    there = set(field.related_model._default_manager.filter(pk__in=list(then)).values_list("pk", flat=True))
    anew = there - set(tied.values_list("pk", flat=True))
    foreign = anew - set(choices_for(field, user).filter(pk__in=anew).values_list("pk", flat=True))
    tied.set(there - foreign)
    return not foreign


def _must_be_theirs(row, user):
    if not type(row).objects.editable_by(user).filter(pk=row.pk).exists():
        raise ValidationError(_("Nothing was restored: as it is now, or as it was then, it is not yours to edit."))


def _must_exist(field, key):
    if not field.related_model._default_manager.filter(pk=key).exists():
        raise ValidationError(
            _("This version belongs to a row that is gone: %(field)s."), params={"field": field.verbose_name}
        )
