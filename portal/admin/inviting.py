"""The pages on which somebody is invited by mail: to a role over a series, a forum, a chapter, a team; to a group."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from portal.admin.bounds import sane_year
from portal.admin.widgets import DayInput, Typeahead
from portal.admin_addresses import admin_url
from portal.inviting import CannotInvite, groups_to_give, invite, name_of, open_to, roles_over, roles_over_rows_of
from portal.keys import key_in
from portal.models import Invitation, Person
from portal.scope import choices_for
from portal.slugs import save_with_free_slug, slug_from


class InvitationForm(forms.Form):
    """Whom, at which address, to what: somebody who is known to the portal, or a name to begin a profile with."""

    role = forms.ChoiceField(label=pgettext_lazy("of an organizer", "Role"))
    person = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Person.objects.none(), required=False)
    name = forms.CharField(
        label=gettext_lazy("or a new person's name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A draft profile is made for them."),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    until = forms.DateField(
        validators=[sane_year],
        label=gettext_lazy("until"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The last day; rights end with it."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args, user, site, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {_key(*one): one for one in offered}
        self.fields["role"].choices = [(key, capfirst(name_of(*one))) for key, one in self.offered.items()]
        if all(role is Group for role, _scope in offered):
            del self.fields["until"]  # a group has no last day
        model = offered[0][0]
        field = (Invitation if model is Group else model)._meta.get_field("person")
        self.fields["person"].queryset = choices_for(field, user)
        self.fields["person"].widget = Typeahead(field, site)
        self.fields["person"].widget.choices = self.fields["person"].choices

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(_("This day is over already."))
        return until

    def clean(self):
        super().clean()
        if bool(self.cleaned_data.get("person")) == bool(self.cleaned_data.get("name")):
            raise ValidationError(_("Choose a person, or write the name of a new one."))


def _key(role, scope):
    return scope.name if role is Group else role._meta.label_lower


class InvitingPage:
    """What both pages do: offer some roles, a list of (role, row); send an invitation, list those that wait."""

    def answer(self, request, offered, title, row=None):
        if not offered:
            raise PermissionDenied
        if "take_back" in request.POST:
            get_object_or_404(open_to(offered), pk=key_in(request.POST["take_back"])).delete()
            self.message_user(request, _("The invitation is taken back."), messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        initial = {"language": get_language()}
        form = InvitationForm(
            request.POST or None, user=request.user, site=self.admin_site, offered=offered, initial=initial
        )
        if form.is_valid() and self._is_invited(request, form):
            return HttpResponseRedirect(request.path)
        called = {(role._meta.label_lower, scope.pk): name_of(role, scope) for role, scope in offered}
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": row,
            "form": form,
            "media": self.media + form.media,
            "waiting": [(one, called[one.role, one.scope_id]) for one in open_to(offered)],
        }
        return TemplateResponse(request, "admin/curated/invite.html", context)

    def _is_invited(self, request, form):
        """Whether the invitation is on its way; if not, the form says why."""
        data = form.cleaned_data
        role, scope = form.offered[data["role"]]
        try:
            with transaction.atomic():
                person = data["person"] or _begun(data["name"], request.user)
                invite(request.user, person, data["email"], role, scope, data.get("until"), data["language"])
        except CannotInvite as reason:
            form.add_error(None, str(reason))
            return False
        self.message_user(request, _("The invitation to %(email)s is on its way.") % data, messages.SUCCESS)
        return True


class Invites(InvitingPage):
    """For admins of the rows that mandates are over."""

    def get_urls(self):
        if not roles_over_rows_of(self.model):
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_invite"
        return [path("<key:pk>/invite/", self.admin_site.admin_view(self.invite_view), name=name), *super().get_urls()]

    def tools(self, request, row):
        """Return what else can be done with the row from its page: a list of dicts of label and url."""
        if not roles_over(request.user, row):
            return []
        return [{"label": _("Invite by mail"), "url": admin_url(self.admin_site, self.model, "invite", row.pk)}]

    def invite_view(self, request, pk):
        row = self.get_object(request, str(pk))
        offered = roles_over(request.user, row) if row is not None else []
        return self.answer(request, offered, _("Invite by mail: %(row)s") % {"row": row}, row)


class InvitesToGroups(InvitingPage):
    """For the admin of accounts."""

    def get_urls(self):
        page = path("invite/", self.admin_site.admin_view(self.invite_view), name="auth_user_invite")
        return [page, *super().get_urls()]

    def invite_view(self, request):
        return self.answer(request, groups_to_give(request.user), _("Invite by mail"))


def _begun(name, user):
    """Return a new person's profile, a draft of whoever invites."""
    return save_with_free_slug(Person(name=name, entered_by=user), slug_from(name) or "person")
