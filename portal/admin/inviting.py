"""The page on which somebody is invited by mail to a role over a row: a series, a forum, a chapter, a team."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.admin.widgets import DayInput, Typeahead
from portal.inviting import CannotInvite, invite, open_over, roles_over, roles_over_rows_of
from portal.models import Person
from portal.scope import choices_for
from portal.slugs import free_slug, slug_from


class InvitationForm(forms.Form):
    """Whom, at which address, to what: somebody who is known to the portal, or a name to begin a profile with."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    person = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Person.objects.none(), required=False)
    name = forms.CharField(
        label=gettext_lazy("or a new person's name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A profile is begun as a draft."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    until = forms.DateField(
        label=gettext_lazy("until"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The last day; rights end with it."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args, user, site, offered, **kwargs):
        super().__init__(*args, **kwargs)
        field = offered[0]._meta.get_field("person")
        self.fields["role"].choices = [(one._meta.label_lower, capfirst(one._meta.verbose_name)) for one in offered]
        self.fields["person"].queryset = choices_for(field, user)
        self.fields["person"].widget = Typeahead(field, site)
        self.fields["person"].widget.choices = self.fields["person"].choices

    def clean(self):
        super().clean()
        if bool(self.cleaned_data.get("person")) == bool(self.cleaned_data.get("name")):
            raise ValidationError(_("Choose a person, or write the name of a new one."))


class Invites:
    """For admins of the rows that mandates are over."""

    def get_urls(self):
        if not roles_over_rows_of(self.model):
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_invite"
        return [path("<int:pk>/invite/", self.admin_site.admin_view(self.invite_view), name=name), *super().get_urls()]

    def tools(self, request, row):
        """Return what else can be done with the row from its page: a list of dicts of label and url."""
        may_invite = roles_over(request.user, row)
        return [{"label": _("Invite by mail"), "url": self._invite_url(row)}] if may_invite else []

    def _invite_url(self, row):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_invite", args=[row.pk])

    def invite_view(self, request, pk):
        row = self.get_object(request, str(pk))
        offered = roles_over(request.user, row) if row is not None else []
        if not offered:
            raise PermissionDenied
        if "take_back" in request.POST:
            get_object_or_404(open_over(row, offered), pk=request.POST["take_back"]).delete()
            self.message_user(request, _("The invitation is taken back."), messages.SUCCESS)
            return HttpResponseRedirect(self._invite_url(row))
        initial = {"language": get_language()}
        form = InvitationForm(
            request.POST or None, user=request.user, site=self.admin_site, offered=offered, initial=initial
        )
        if form.is_valid() and self._invited(request, form, row, offered):
            return HttpResponseRedirect(self._invite_url(row))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invite by mail: %(row)s") % {"row": row},
            "opts": self.opts,
            "original": row,
            "form": form,
            "media": self.media + form.media,
            "waiting": open_over(row, offered),
        }
        return TemplateResponse(request, "admin/curated/invite.html", context)

    def _invited(self, request, form, row, offered):
        """Whether the invitation is on its way; if not, the form says why."""
        data = form.cleaned_data
        role = next(one for one in offered if one._meta.label_lower == data["role"])
        try:
            with transaction.atomic():
                person = data["person"] or _begun(data["name"], request.user)
                invite(request.user, person, data["email"], role, row, data["until"], data["language"])
        except CannotInvite as reason:
            form.add_error(None, str(reason))
            return False
        self.message_user(request, _("The invitation to %(email)s is on its way.") % data, messages.SUCCESS)
        return True


def _begun(name, user):
    """Return a new person's profile, a draft of whoever invites."""
    slug = free_slug(slug_from(name) or "person", Person.objects.all())
    return Person.objects.create(name=name, slug=slug, entered_by=user)
