"""The page of the evening after: who came, the photos, slides and recordings, the recap."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from meetups import planning
from portal import counting
from portal.admin_addresses import change_url
from portal.models import Album, Article, Desk, Figure
from portal.refused import Refused
from portal.scope import edits

TO_THE_TEXT = "#section-1"  # of the form of an article, whose sections are tabs


class FinishesMeetups:
    """For the meetups' admin: what is done, and a button for what is not."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.after)
        return [path("<key:pk>/after/", view, name="meetups_meetup_after"), *super().get_urls()]

    def tools(self, request, row):
        tools = super().tools(request, row)
        if edits(request, row):
            tools.append({"label": _("After the meetup"), "url": reverse("admin:meetups_meetup_after", args=[row.pk])})
        return tools

    def after(self, request, pk):
        meetup = self.get_queryset(request).filter(pk=pk).first()
        if meetup is None:
            raise Http404("no such meetup of theirs")
        if not edits(request, meetup):
            raise PermissionDenied
        if request.method == "POST":
            return self._do(request, meetup)
        desk = Desk.objects.filter(occasion=meetup).first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("After the meetup"),
            "opts": self.opts,
            "meetup": meetup,
            "desk": desk,
            "attendance": counting.attendance(desk) if desk else None,
            "figures": Figure.objects.filter(occasion=meetup, source__isnull=False, source=desk and desk.source_id),
            "albums": [(one, _photos_of(one)) for one in Album.objects.filter(occasion=meetup)],
            "agenda": meetup.agenda.prefetch_related("materials"),
            "recap": Article.objects.filter(occasions=meetup, kind=Article.Kind.RECAP).first(),
        }
        return TemplateResponse(request, "admin/meetups/after.html", context)

    def _do(self, request, meetup):
        here = HttpResponseRedirect(reverse("admin:meetups_meetup_after", args=[meetup.pk]))
        if "recap" in request.POST:
            if not request.user.has_perm("portal.add_article"):
                raise PermissionDenied
            recap = planning.begin_recap(meetup, request.user)
            return HttpResponseRedirect(change_url(self.admin_site, recap) + TO_THE_TEXT)
        if "photos" in request.POST:
            if not request.user.has_perm("portal.add_album"):
                raise PermissionDenied
            return HttpResponseRedirect(_photos_of(planning.begin_album(meetup, request.user)))
        desk = Desk.objects.filter(occasion=meetup).first()
        if "count" not in request.POST or desk is None:
            return here
        try:
            came, missing = counting.write_down(desk, request.user)
        except Refused as reason:
            self.message_user(request, str(reason), messages.ERROR)
        else:
            words = _("Recorded: %(came)d came, %(missing)d had a seat but did not come.")
            self.message_user(request, words % {"came": came, "missing": missing}, messages.SUCCESS)
        return here


def _photos_of(album):
    return reverse("admin:portal_album_photos", args=[album.pk])
