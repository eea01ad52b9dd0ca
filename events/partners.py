"""Partners of a conference, and the role each of them had."""


def partnerships_of(conference):
    """Return the partnerships in the organizers' order, a level together, with what names and logos need."""
    return (
        conference.partnerships.published()
        .select_related("level", "organization")
        .prefetch_related("organization__names")
        .order_by("level__position", "level", "position", "pk")
    )
