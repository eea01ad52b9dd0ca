"""The community's own words for its chapters, wherever organizers read the name of a model, of a field or of a role.

They are lazy: said anew for each reader, in their language. Where no language is active they are the plain English ones
and no row is read, as for the names of permissions, which stay in the database for good. A page of the admin says such
a name dozens of times, so the words are read once a request, also where nothing is known once a generation.
"""

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from portal.context import the_community

# During a request, a dict of language -> (the word for one, the word for several); else absent.
_request = Local()


def _begin(**kwargs):
    _request.words = {}


def _end(**kwargs):
    _request.words = None


request_started.connect(_begin, dispatch_uid="portal.chapter_words")
request_finished.connect(_end, dispatch_uid="portal.chapter_words")


def _words():
    language = get_language()
    if not language:
        return "chapter", "chapters"
    known = getattr(_request, "words", None)
    if known is None:
        return _read()
    if language not in known:
        known[language] = _read()
    return known[language]


def _read():
    community = the_community()
    return community.word_for_chapter, community.word_for_chapters


def _chapter_lead():
    return gettext("%(chapter)s lead") % {"chapter": CHAPTER}


CHAPTER = lazy(lambda: _words()[0], str)()
CHAPTERS = lazy(lambda: _words()[1], str)()
CHAPTER_LEAD = lazy(_chapter_lead, str)()
