"""What a meetup is called in lists that hold more than meetups."""

from meetups.models import Chapter, Meetup
from portal.as_of_then import Named
from portal.dressing import Label, dress
from portal.pagecache.known import once_a_generation
from portal.texts import in_all_languages

NAMED = ("slug", *in_all_languages("name"))


def label(chapters):
    """Return the `Label` of a meetup, from its public chapters."""
    return Label(kind_text=" · ".join(chapter.name for chapter in chapters))


def labels_of(meetups):
    """Return a dict of primary key -> `Label` of meetups, or of their occasions, in one query."""
    return {pk: label(chapters) for pk, chapters in chapters_of(meetups).items()}


def chapters_of(meetups):
    """Return a dict of a meetup's primary key -> its public chapters, as `Named`s, in their order.

    One query, of meetups or of their occasions.
    """
    chapters, tied = _chapters(), {one.pk: set() for one in meetups}
    for meetup, chapter in Meetup.chapters.through.objects.filter(meetup__in=tied).values_list("meetup", "chapter"):
        tied[meetup].add(chapter)
    return {pk: [chapter for key, chapter in chapters.items() if key in its] for pk, its in tied.items()}


@once_a_generation
def _chapters():
    """Return a dict of primary key -> public chapter, as far as lists name it, in their order."""
    chapters = Chapter.objects.published().values_list("pk", *NAMED)
    return {pk: Named("chapter", NAMED, told) for pk, *told in chapters}


def dressed(meetups, accent):
    """Return the meetups as a list, each in the picture and colour that the partials of lists and cards read."""
    meetups = list(meetups)
    labels = labels_of(meetups)
    return [dress(meetup, labels[meetup.pk], accent) for meetup in meetups]
