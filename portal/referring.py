"""Whether rows of a kind refer to a row at all: most people have no award, and most meetups counted nothing.

Which keys a table refers to is known once a generation, as an index is, so that no page puts a question together whose
answer is known to be nothing. Where nothing is kept, every page asks for whatever it shows.
"""

from portal.pagecache import known
from portal.pagecache.known import once_a_generation


def may_refer(model, **whose):
    """Return whether rows of a model may refer to these, each named by the field that would: `person=person`.

    False is certain, for drafts as well.
    """
    return known.current() is None or all(row.pk in _keys(model, field) for field, row in whose.items())


@once_a_generation
def _keys(model, field):
    """Return the primary keys of whatever rows of a model refer to by a field, to one row or to many."""
    tie = model._meta.get_field(field)
    if tie.many_to_many:  # the table between them, without the rows on either side
        keys = tie.remote_field.through._base_manager.values_list(tie.m2m_reverse_field_name(), flat=True)
    else:
        keys = model._base_manager.exclude(**{field: None}).values_list(field, flat=True)
    return frozenset(keys.order_by().distinct())
