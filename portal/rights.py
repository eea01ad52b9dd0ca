"""Who may do what, from rows and from nothing else.

Two sources give rights. A group named in a model's `CURATORS` may edit all of
that model's rows. A mandate (Leadership of a chapter, Production of a forum,
Organizing of a series) gives its person's user the rows inside its scope, from
its first day until its last; the wings say which rows those are.
"""

from django.contrib.auth.models import AnonymousUser

ADMINISTRATOR = "administrator"
CONFERENCE_ORGANIZER = "conference organizer"
PRODUCER = "producer"
CHAPTER_LEAD = "chapter lead"
VOLUNTEER_COORDINATOR = "volunteer coordinator"
EDITOR = "editor"
TRANSLATOR = "translator"

GROUPS = (ADMINISTRATOR, CONFERENCE_ORGANIZER, PRODUCER, CHAPTER_LEAD, VOLUNTEER_COORDINATOR, EDITOR, TRANSLATOR)


def groups_of(user):
    """Return the set of names of the groups the user is in, read once per user object."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    if not hasattr(user, "_portal_groups"):
        user._portal_groups = frozenset(user.groups.values_list("name", flat=True))
    return user._portal_groups


def curates(user, model):
    """Return whether the user may edit every row of the model."""
    if not user.is_active:
        return False
    return user.is_superuser or not groups_of(user).isdisjoint(model.CURATORS)
