"""The button below a preview: pressed twice, it writes once, and both are told the same."""

from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _

from portal.held import NotHeld, StillAtIt, once


@dataclass(frozen=True)
class Outcome:
    """What somebody is told, how seriously (a level of django.contrib.messages), and the page they go on to."""

    level: int
    words: str
    url: str


def pressed(do, held, *facts, back):
    """Return the Outcome of do(content, *other facts), which returns one; `back` is where a new file is chosen.

    `held` and `facts` as for `portal.held.once`. `do` is called at most once for each preview.
    """
    try:
        return Outcome(*once(lambda *given: _plain(do(*given)), held, *facts))
    except NotHeld:
        return Outcome(messages.ERROR, _("The preview is too old. Choose the file again."), back)
    except StillAtIt:
        words = _("It is being written, or was broken off. Look at what is there before you choose the file again.")
        return Outcome(messages.WARNING, words, back)


def _plain(outcome):
    return [outcome.level, str(outcome.words), outcome.url]
