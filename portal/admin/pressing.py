"""A button that is pressed twice writes once, and both presses are told the same: below a preview, below a new form."""

from dataclasses import dataclass
from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal.held import AT_IT, KEPT, NotHeld, StillAtIt, first_answer, once

# What `{% press %}` (portal/templatetags/pressing.py) puts into a form that makes something new.
FIELD = "press"


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
        words = _("It is being written, or was interrupted. Look at what is there before you choose the file again.")
        return Outcome(messages.WARNING, words, back)


def _plain(outcome):
    return [outcome.level, str(outcome.words), outcome.url]


def once_a_press(request, answer):
    """Return answer(), a response; where it leads on, the same press again is led to the same page and does nothing.

    In the small window behind a "+", which leads nowhere, the same press again hands on the same new row.

    A press is a form that was served once, with all that is typed in it: whoever goes back and types something else
    makes something else. A form that comes back with errors was not pressed.
    """
    key = _press(request)
    if key is None:
        return answer()
    if not cache.add(key, AT_IT, KEPT.total_seconds()):
        try:
            return _told_again(request, *first_answer(key))
        except NotHeld:
            return answer()
        except StillAtIt:
            words = _("It is still being saved. Check whether it is there before you make it again.")
            messages.warning(request, words)
            return HttpResponseRedirect(request.get_full_path())
    try:
        response = answer()
    except BaseException:
        cache.delete(key)
        raise
    if 300 <= response.status_code < 400:
        cache.set(key, [("", response.url)], KEPT.total_seconds())
    elif handed := (getattr(response, "context_data", None) or {}).get("popup_response_data"):
        cache.set(key, [(handed, "")], KEPT.total_seconds())
    else:
        cache.delete(key)
    return response


def _told_again(request, handed, url):
    """Return the answer of the first press: in a small window, what Django's page `handed` to the form behind it."""
    if handed:
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": handed})
    messages.success(request, _("It is saved."))
    return HttpResponseRedirect(url)


def _press(request):
    """Return the key of a press, or None. Which of the form's buttons it was makes no other press of it."""
    if not request.POST.get(FIELD):
        return None
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith("_")
    }
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    said = repr((request.user.pk, request.path, sorted(typed.items()), sorted(files)))
    return f"press.{sha256(said.encode()).hexdigest()}"
