"""The page that shows what the next edition of a conference would be made of, and makes it."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Conference
from events.next_edition import bones, make_next_edition, next_title
from portal.addresses import validate_slug_free, validate_slug_shape
from portal.admin.bounds import sane_year
from portal.admin.pressing import once_a_press
from portal.admin.widgets import DayInput
from portal.scope import edits
from portal.slugs import free_slug


class NextEditionForm(forms.Form):
    """What the next edition is called and when it begins; all is suggested."""

    title_zh_hans = forms.CharField(label=gettext_lazy("Title · 中文"), max_length=200, required=False)
    title_en = forms.CharField(label=gettext_lazy("Title · English"), max_length=200, required=False)
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput, validators=[sane_year])
    slug = forms.CharField(
        label=gettext_lazy("address"), max_length=80, validators=[validate_slug_shape, validate_slug_free]
    )

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if Conference.objects.filter(slug=slug).exists():
            raise ValidationError(_("This address is taken."))
        return slug

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("title_zh_hans") and not self.cleaned_data.get("title_en"):
            self.add_error("title_zh_hans", _("Write this in one language at least."))


def suggested(conference):
    """Return the form's initial values: the title of next year, the same week of the year."""
    first_day = conference.starts_on + timedelta(weeks=52)
    return {
        "title_zh_hans": next_title(conference.title_zh_hans),
        "title_en": next_title(conference.title_en),
        "first_day": first_day,
        "slug": free_slug(f"{conference.series.slug}-{first_day.year}", Conference.objects.all()),
    }


class MakesNextEdition:
    """For the conferences' admin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_edition)
        return [path("<key:pk>/next-edition/", view, name="events_conference_next"), *super().get_urls()]

    def tools(self, request, row):
        tools = super().tools(request, row)
        if self.has_add_permission(request) and edits(request, row):
            url = reverse("admin:events_conference_next", args=[row.pk])
            tools.append({"label": _("Make the next edition"), "url": url})
        return tools

    def next_edition(self, request, pk):
        conference = self.get_object(request, str(pk))
        if conference is None or not self.has_add_permission(request) or not edits(request, conference):
            raise PermissionDenied
        return once_a_press(request, lambda: self._asked(request, conference))

    def _asked(self, request, conference):
        form = NextEditionForm(request.POST or None, initial=suggested(conference))
        if form.is_valid():
            try:
                return self._make(request, conference, form)
            except IntegrityError:
                form = NextEditionForm(request.POST)  # somebody else took the address at the same moment
                if form.is_valid():
                    raise
        context = {
            **self.admin_site.each_context(request),
            "title": _("The next edition after %(row)s") % {"row": conference},
            "opts": self.opts,
            "original": conference,
            "form": form,
            "bones": [(model._meta.verbose_name_plural, count) for model, count in bones(conference)],
        }
        return TemplateResponse(request, "admin/events/next_edition.html", context)

    def _make(self, request, conference, form):
        edition = make_next_edition(conference, **form.cleaned_data)
        self.log_addition(request, edition, _("Made from %(row)s.") % {"row": conference})
        self.message_user(request, _("Here is the draft. Nobody sees it yet."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_conference_change", args=[edition.pk]))
