"""What a meetup is called in lists that hold more than meetups."""

from meetups.models import Chapter, Meetup
from portal.dressing import Label, dress
from portal.pagecache.known import once_a_generation


def label(chapters):
    """Return the `Label` of a meetup, from its public chapters."""
    return Label(kind_text=" · ".join(chapter.name for chapter in chapters))


def labels_of(meetups):
    """Return a dict of primary key -> `Label` of meetups, or of their occasions, in one query."""
    return {pk: label(chapters) for pk, chapters in chapters_of(meetups).items()}


def chapters_of(meetups):
    """Return a dict of a meetup's primary key -> its public chapters, which know name and slug alone, in their order.

    One query, of meetups or of their occasions.
    """
    chapters, tied = _chapters(), {one.pk: set() for one in meetups}
    for meetup, chapter in Meetup.chapters.through.objects.filter(meetup__in=tied).values_list("meetup", "chapter"):
        tied[meetup].add(chapter)
    return {pk: [chapter for key, chapter in chapters.items() if key in its] for pk, its in tied.items()}


@once_a_generation
def _chapters():
    """Return a dict of primary key -> public chapter, in their order."""
    return Chapter.objects.published().only("slug", "name").in_bulk()


def dressed(meetups, accent):
    """Return the meetups as a list, each in the picture and colour that the partials of lists and cards read."""
    meetups = list(meetups)
    labels = labels_of(meetups)
    return [dress(meetup, labels[meetup.pk], accent) for meetup in meetups]
