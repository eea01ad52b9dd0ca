"""The community's own words for its chapters, wherever organizers read the name of a model, of a field or of a role.

They are lazy: said anew for each reader, in their language. Where no language is active they are the plain English ones
and no row is read, as for the names of permissions, which stay in the database for good.
"""

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from portal.context import the_community


def _chapter():
    return the_community().word_for_chapter if get_language() else "chapter"


def _chapters():
    return the_community().word_for_chapters if get_language() else "chapters"


def _chapter_lead():
    return gettext("%(chapter)s lead") % {"chapter": _chapter()}


CHAPTER = lazy(_chapter, str)()
CHAPTERS = lazy(_chapters, str)()
CHAPTER_LEAD = lazy(_chapter_lead, str)()
