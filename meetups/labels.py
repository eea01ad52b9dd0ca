"""What a meetup is called in lists that hold more than meetups."""

from meetups.models import Chapter, Meetup
from portal.dressing import Label, dress
from portal.pagecache.known import once_a_generation


def label(meetup):
    """Return the `Label` of a meetup: its chapters. Needs `chapters`, the public ones only."""
    return Label(kind_text=" · ".join(chapter.name for chapter in meetup.chapters.all()))


def labels_of(meetups):
    """Return a dict of primary key -> `Label` of meetups, or of their occasions, in one query."""
    names, tied = _names_of_chapters(), {one.pk: set() for one in meetups}
    for meetup, chapter in Meetup.chapters.through.objects.filter(meetup__in=tied).values_list("meetup", "chapter"):
        tied[meetup].add(chapter)
    return {
        pk: Label(kind_text=" · ".join(name for chapter, name in names.items() if chapter in its))
        for pk, its in tied.items()
    }


@once_a_generation
def _names_of_chapters():
    """Return a dict of primary key -> name of the public chapters, in their order."""
    return dict(Chapter.objects.published().values_list("pk", "name"))


def dressed(meetups, accent):
    """Return the meetups as a list, each in the picture and colour that the partials of lists and cards read."""
    meetups = list(meetups)
    labels = labels_of(meetups)
    return [dress(meetup, labels[meetup.pk], accent) for meetup in meetups]
