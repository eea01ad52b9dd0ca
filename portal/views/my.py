"""The pages behind a person's own link: `/<lang>/my/<token>/...`.

The link is the whole authority, no cookie has a part in it: so there is nothing
for another site to borrow, and no CSRF token is asked for (with "no-referrer",
browsers send `Origin: null`, which Django would refuse). Whoever holds the link
may act; mail scanners only ever GET, and nothing happens on a GET.
"""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal import calendars, signups, tokens
from portal.keys import key_in
from portal.meta import Meta
from portal.models import Occasion
from portal.models.signups import IllegalMove
from portal.refused import Refused
from portal.views.errors import link_ended, link_not_whole
from portal.wechat import is_wechat


def private(view):
    """Keep the answer out of every cache, search engine and `Referer`; say why a link leads nowhere."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except tokens.Ended:
            response = link_ended(request)
        except tokens.NotWhole:
            response = link_not_whole(request)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


def check_your_mail(occasion):
    """Answer a form that was taken by the page that says so, and leads back to its occasion."""
    return redirect(reverse("check-your-mail", query={"occasion": occasion.pk}))


@private
def sent(request):
    """Said after every form, known address or not."""
    occasion = Occasion.objects.published().filter(pk=key_in(request.GET.get("occasion"))).first()
    meta = Meta(title=_("Check your mail"), is_indexed=False)
    return render(request, "portal/my/sent.html", {"meta": meta, "occasion": occasion})


@private
def status(request, token):
    signup, kind = signups.find(token)
    if signup.state == "unconfirmed":
        return _page(request, "portal/my/confirm.html", signup, kind)
    return _page(request, kind.status_template, signup, kind, **kind.status(signup))


@private
@require_POST
def act(request, token, verb):
    """Confirm, withdraw, undo, or whatever else the kind of sign-up knows; then back to the status page."""
    signup, kind = signups.find(token)
    if verb != "confirm" and verb not in kind.verbs:
        raise Http404("no such verb")
    try:
        said = _do(kind, verb, signup, request.POST)
    except Refused as reason:
        messages.error(request, str(reason))
    except IllegalMove:
        messages.error(request, _("This has changed in the meantime. Here is how it stands now."))
    else:
        if said:
            messages.success(request, said)
    return redirect("my", token=token)


def _do(kind, verb, signup, data):
    """Do what a button says; return the sentence to show, or None: how it stands after confirming, the page shows."""
    if verb != "confirm":
        return kind.verbs[verb](signup, data)
    kind.confirm(signup)
    return None


@private
def edit(request, token):
    signup, kind = signups.find(token)
    form = kind.edit_form(signup, request.POST or None)
    if form is None:
        messages.error(request, _("It is too late to change this. Please write to the coordinators."))
        return redirect("my", token=token)
    if form.is_valid():
        try:
            form.save()
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved."))
            return redirect("my", token=token)
    return _page(request, kind.edit_template, signup, kind, form=form)


@private
def delete(request, token):
    """Say what goes, then delete everything about the person."""
    signup, kind = signups.find(token)
    if request.method != "POST":
        return _page(request, "portal/my/delete.html", signup, kind, kept_in_public=kind.kept_in_public(signup))
    kind.delete(signup)
    return render(request, "portal/my/deleted.html", {"meta": Meta(title=_("Deleted"), is_indexed=False)})


@private
def data(request, token):
    signup, kind = signups.find(token)
    response = JsonResponse(kind.data(signup), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@private
def calendar(request, token):
    """What one takes part in, as a file and as a subscription; inside WeChat, a page that hands over the link."""
    signup, kind = signups.find(token)
    here, name = signup.status_url, kind.title(signup)
    if is_wechat(request):
        context = {"meta": _meta(kind, signup), "name": name, "link": f"{here}calendar.ics", "back": here}
        return render(request, "portal/calendar_link.html", context)
    content = calendars.calendar(kind.calendar(signup), name, here)
    return HttpResponse(content, content_type=calendars.CONTENT_TYPE)


def _page(request, template, signup, kind, **context):
    context |= {"signup": signup, "token": signup.token, "what": kind.title(signup), "meta": _meta(kind, signup)}
    return render(request, template, context)


def _meta(kind, signup):
    return Meta(title=kind.title(signup), is_indexed=False)
