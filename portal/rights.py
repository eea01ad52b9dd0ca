"""Who may do what, from rows and from nothing else.

Two sources give rights. A group named in a model's `CURATORS` may edit all of
that model's rows. A mandate (Leadership of a chapter, Production of a forum,
Organizing of a series) gives its person's user the rows inside its scope, from
its first day until its last; the wings say which rows those are. While it
lasts, it also puts the user in the group of its kind, whose permissions say
which kinds of rows may be touched at all (`portal.permissions`).
"""

from django.contrib.auth.models import AnonymousUser

from portal import wings

ADMINISTRATOR = "administrator"
CONFERENCE_ORGANIZER = "conference organizer"
PRODUCER = "producer"
CHAPTER_LEAD = "chapter lead"
VOLUNTEER_COORDINATOR = "volunteer coordinator"
EDITOR = "editor"
TRANSLATOR = "translator"

GROUPS = (ADMINISTRATOR, CONFERENCE_ORGANIZER, PRODUCER, CHAPTER_LEAD, VOLUNTEER_COORDINATOR, EDITOR, TRANSLATOR)

# Given to an account by hand; the others follow from mandates alone.
GIVEN_GROUPS = (ADMINISTRATOR, EDITOR, TRANSLATOR)


def groups_of(user):
    """Return the set of names of the groups the user is in, by hand or by mandate, read once per user object."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    if not hasattr(user, "_portal_groups"):
        given = user.groups.filter(name__in=GIVEN_GROUPS).values_list("name", flat=True)
        user._portal_groups = frozenset(given).union(*(wing.mandate_groups(user) for wing in wings.every()))
    return user._portal_groups


def curates(user, model):
    """Return whether the user may edit every row of the model."""
    if not user.is_active:
        return False
    return user.is_superuser or not groups_of(user).isdisjoint(model.CURATORS)


def translates(user):
    """Return whether the user may write the texts of every row, and nothing else of it."""
    return TRANSLATOR in groups_of(user)
