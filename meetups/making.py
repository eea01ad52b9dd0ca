"""The page on which a lead makes the next meetup in five minutes, or a series of drafts."""

from datetime import time, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetups import planning
from meetups.models import Chapter, Meetup
from portal.admin.bounds import sane_year
from portal.admin.pressing import once_a_press
from portal.admin.when import TimeInput
from portal.admin.widgets import DayInput
from portal.keys import key_in
from portal.models import Desk

MOST_TIMES, MOST_WEEKS, MOST_SEATS = 12, 12, 100_000
WORDS = ("title_zh_hans", "title_en", *planning.PLACE)
SATURDAY = 5


class NewMeetupForm(forms.Form):
    """Title, time, place, seats: everything else can come later. What the last one had is suggested."""

    title_zh_hans = forms.CharField(label=gettext_lazy("Title · 中文"), max_length=200, required=False)
    title_en = forms.CharField(label=gettext_lazy("Title · English"), max_length=200, required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput, validators=[sane_year])
    begins = forms.TimeField(label=gettext_lazy("from"), widget=TimeInput)
    ends = forms.TimeField(label=gettext_lazy("until"), widget=TimeInput)
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=Meetup.Mode)
    place_zh_hans = forms.CharField(label=gettext_lazy("Place · 中文"), max_length=200, required=False)
    place_en = forms.CharField(label=gettext_lazy("Place · English"), max_length=200, required=False)
    address_zh_hans = forms.CharField(label=gettext_lazy("Street address · 中文"), max_length=300, required=False)
    address_en = forms.CharField(label=gettext_lazy("Street address · English"), max_length=300, required=False)
    registers_here = forms.BooleanField(label=gettext_lazy("People register here"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many meetups"),
        min_value=1,
        max_value=MOST_TIMES,
        help_text=gettext_lazy("More than one makes a series of drafts. Each is public once you publish it."),
    )
    weeks = forms.IntegerField(label=gettext_lazy("Weeks between them"), min_value=1, max_value=MOST_WEEKS)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose one ahead."))
        return day

    def clean(self):
        cleaned_data = super().clean()
        begins, ends = cleaned_data.get("begins"), cleaned_data.get("ends")
        if not cleaned_data.get("title_zh_hans") and not cleaned_data.get("title_en"):
            self.add_error("title_zh_hans", _("Write this in one language at least."))
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It cannot end before it begins."))
        if cleaned_data.get("mode") == Meetup.Mode.ONLINE and any(cleaned_data.get(name) for name in planning.PLACE):
            self.add_error("mode", _("An occasion that is online only has no place."))

    def plan(self):
        """Return the `Plan` of what was filled in."""
        told = dict(self.cleaned_data)
        words = {name: told.pop(name) for name in (*WORDS, "mode")}
        return planning.Plan(words=words, **told)


def suggested(chapter, source):
    """Return the form's initial values: as the source was, on its weekday; without one, Saturday afternoon."""
    today = timezone.localdate()
    if source is None:
        day = today + timedelta(days=(SATURDAY - today.weekday() - 1) % 7 + 1)
        hours = {"begins": time(14), "ends": time(17), "mode": Meetup.Mode.ON_SITE, "registers_here": True}
        return {"day": day, "times": 1, "weeks": 2, **hours}
    starts = source.starts_at.astimezone(source.tzinfo)
    ends = (source.ends_at or source.starts_at + timedelta(hours=3)).astimezone(source.tzinfo)
    desk = Desk.objects.filter(occasion=source).first()
    whole_days = source.precision != Meetup.Precision.MINUTE
    return {
        "day": _next_day_like(starts.date(), today),
        "begins": time(14) if whole_days else starts.time(),
        "ends": time(17) if whole_days or ends.date() != starts.date() else ends.time(),
        "mode": source.mode,
        "registers_here": desk is not None,
        "capacity": desk and desk.capacity,
        "times": 1,
        "weeks": 2,
        **{name: getattr(source, name) for name in WORDS},
    }


def _next_day_like(day, today):
    """Return the first day ahead that lies an even number of weeks after `day`."""
    step = timedelta(weeks=2)
    return day if day > today else day + step * ((today - day) // step + 1)


class MakesMeetups:
    """For the meetups' admin."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("new/", view(self.choose_chapter), name="meetups_meetup_new"),
            path("new/<key:chapter>/", view(self.new_meetup), name="meetups_meetup_new_of"),
            *super().get_urls(),
        ]

    def choose_chapter(self, request):
        """Lead on to the page of one's chapter; with several, ask which."""
        chapters = list(self._chapters(request))
        if len(chapters) == 1:
            return HttpResponseRedirect(reverse("admin:meetups_meetup_new_of", args=[chapters[0].pk]))
        return self._answer(request, "admin/meetups/choose_chapter.html", chapters=chapters)

    def new_meetup(self, request, chapter):
        """Suggest what the template or the last meetup had (`?from=` another of the chapter), and make the drafts."""
        chapter = self._chapters(request).filter(pk=chapter).select_related("city", "template").first()
        if chapter is None:
            raise Http404("no chapter of theirs")
        return once_a_press(request, lambda: self._asked(request, chapter))

    def _asked(self, request, chapter):
        source = self._source(request, chapter)
        form = NewMeetupForm(request.POST or None, initial=suggested(chapter, source))
        if form.is_valid():
            return self._make(request, chapter, source, form)
        status = 422 if form.errors else 200
        context = {"form": form, "chapter": chapter, "source": source}
        return self._answer(request, "admin/meetups/new.html", status, **context)

    def _chapters(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return Chapter.objects.editable_by(request.user)

    def _source(self, request, chapter):
        asked = chapter.meetups.filter(pk=key_in(request.GET.get("from"))).first()
        return asked or planning.source_of(chapter)

    def _make(self, request, chapter, source, form):
        drafts = planning.plan(chapter, source, form.plan())
        for draft in drafts:
            self.log_addition(request, draft, _("Made from %(row)s.") % {"row": source or chapter})
        return self._made(request, drafts)

    def _made(self, request, drafts):
        if len(drafts) > 1:
            words = ngettext("%(count)d draft is made.", "%(count)d drafts are made.", len(drafts))
            told = _("Nobody sees a draft until you publish it.")
            self.message_user(request, f"{words % {'count': len(drafts)}} {told}", messages.SUCCESS)
            return HttpResponseRedirect(f"{reverse('admin:meetups_meetup_changelist')}?state=draft")
        if "_publish" in request.POST:
            drafts[0].publish(request.user)
            self.message_user(request, _("It is public. Everything else can come later."), messages.SUCCESS)
        else:
            self.message_user(request, _("Here is the draft. Nobody sees it yet."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:meetups_meetup_change", args=[drafts[0].pk]))

    def _answer(self, request, template, status=200, **context):
        frame = {**self.admin_site.each_context(request), "title": _("New meetup"), "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **context}, status=status)
