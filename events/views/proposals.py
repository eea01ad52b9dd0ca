"""Calls for proposals, the form to propose a session, and what an accepted speaker brings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import bringing
from events.heads import framed
from events.models import Proposal
from events.proposal_calls import call_of_forum, call_without_forum, calls_of
from events.proposal_forms import PhotoForm, ProposeForm, SlidesForm
from events.reaching import find_conference
from portal import signups
from portal.addresses import get_published
from portal.context import community_of
from portal.images import BadImage
from portal.keys import key_in
from portal.languages import fallback_lang
from portal.meta import Crumb, Meta
from portal.pagecache.marking import public_page
from portal.refused import Refused
from portal.signup_forms import current_notice
from portal.views.my import check_your_mail, private


@public_page()
def proposals(request, conference):
    """Every call of a conference with the forums it is for, the open ones first."""
    row = find_conference(conference)
    frame = framed(row, _("Propose a session"))
    return render(request, "events/proposals/calls.html", {**frame, "calls": calls_of(row)})


@never_cache
def propose_to_forum(request, conference, forum):
    row = find_conference(conference)
    forum = get_published(row.forums.all(), forum, conference=row)
    forum.conference = row
    return _propose(request, row, call_of_forum(row, forum), forum)


@never_cache
def propose(request, conference):
    """For who does not know which forum fits."""
    row = find_conference(conference)
    return _propose(request, row, call_without_forum(row), None)


def _propose(request, conference, call, forum):
    """The form, and what becomes of it; the answer is the same whoever sends it."""
    if call is None:
        raise Http404("no call")
    form = ProposeForm(request.POST or None, request=request, call=call, forum=forum)
    if form.is_taken(get_language()):
        return check_your_mail(conference)
    title, lang = (forum.title, fallback_lang(forum, "title")) if forum else (call.title, fallback_lang(call, "title"))
    to_calls = Crumb(_("Propose a session"), reverse("proposals", args=[conference.slug]))
    frame = framed(conference, title, to_calls, lang=lang)
    frame["meta"].is_indexed = False
    context = {"call": call, "forum": forum, "form": form}
    context |= {"notice": current_notice(call.notice), "community": community_of(request)}
    return render(request, "events/proposals/propose.html", {**frame, **context}, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request, token):
    """What a speaker brings: a photo for each profile that was made for them, slides and links for the session."""
    proposal, _kind = signups.find(token)
    if not isinstance(proposal, Proposal) or proposal.state not in Proposal.TAKEN or proposal.session is None:
        raise Http404("nothing to bring")
    slides, said = _put_up(request, proposal)
    if said:
        messages.success(request, said)
        return redirect("my-files", token=token)
    context = {
        "proposal": proposal,
        "speakers": proposal.speakers.filter(is_new=True, person__isnull=False).select_related("person"),
        "materials": bringing.materials_of(proposal),
        "form": slides,
        "photo": PhotoForm(),
        "token": token,
        "most": bringing.MOST_SLIDES,
        "meta": Meta(title=_("Photo and slides"), is_indexed=False),
    }
    return render(request, "events/proposals/files.html", context, status=422 if slides.errors else 200)


def _put_up(request, proposal):
    """Return (the form of slides, what was done in words or "")."""
    is_photo = "speaker" in request.POST
    sent = () if is_photo else (request.POST or None, request.FILES or None)
    form = SlidesForm(*sent, proposal=proposal)
    try:
        if is_photo:
            return form, _set_photo(request, proposal)
        if form.is_valid():
            form.save()
            return form, _("It is on the page of your session now.")
    except (Refused, BadImage) as reason:
        if is_photo:
            messages.error(request, str(reason))
        else:
            form.add_error(None, str(reason))
    return form, ""


def _set_photo(request, proposal):
    speaker = get_object_or_404(proposal.speakers, pk=key_in(request.POST["speaker"]))
    if "photo" not in request.FILES:
        raise Refused(_("Choose a picture first."))
    bringing.set_photo(speaker, request.FILES["photo"])
    return _("This is your photo now.")
