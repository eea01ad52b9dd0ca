"""What a meetup is called in lists that hold more than meetups."""

from portal.dressing import Label, dress


def label(meetup):
    """Return the `Label` of a meetup: its chapters. Needs `chapters`, the public ones only."""
    return Label(kind_text=" · ".join(chapter.name for chapter in meetup.chapters.all()))


def dressed(meetups, accent):
    """Return the meetups as a list, each in the picture and colour that the partials of lists and cards read."""
    return [dress(meetup, label(meetup), accent) for meetup in meetups]
