"""A row made like another: what it says, without what it is."""

from portal.scope import texts_of

# Given anew to every row, or following from others.
NEVER_COPIED = {"created_at", "updated_at", "published_at", "published_by", "entered_by", "over_at", "wing"}


def like(row, *left_out, **given):
    """Return a new, unsaved row of the same kind with the same values, in both languages.

    Fields named in `left_out` keep their defaults; `given` overrides. Files are
    shared with the first row and never copied.
    """
    unwanted = NEVER_COPIED | texts_of(type(row)) | set(left_out)
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not field.unique and field.name not in unwanted
    }
    for name in left_out:
        values = {key: value for key, value in values.items() if not key.startswith(f"{name}_")}
    return type(row)(**{**values, **given})
