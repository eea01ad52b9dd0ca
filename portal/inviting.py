"""Inviting by mail: a signed link that makes an account with exactly the rights of one role.

A role is a mandate over a row (`Leadership` over a chapter), or `Group` over one of
the groups that are given by hand. Account and role are made when the link is used,
and only while who invited may still give that role: an invitation outlives nobody's
rights. Used, taken back or lapsed, it is deleted, and with it the address it was sent to.
"""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import mail
from portal.group_labels import GROUP_LABELS
from portal.locking import lock
from portal.models import Community, Invitation
from portal.models.people import Mandate
from portal.rights import GIVEN_GROUPS

LASTS = timedelta(days=7)
SALT = "portal.inviting"


class CannotInvite(Exception):
    """An invitation is not possible, or not any more; the text says why, for people."""


class NameTaken(Exception):
    """An account of that name was made since it was found free."""


def roles():
    """Return the models of mandates."""
    return [model for model in apps.get_models() if issubclass(model, Mandate)]


def may_give(user, role, scope):
    """Return whether the user may give the role over a row: whoever may add such rows to what they may edit.

    A group is given by whoever makes accounts.
    """
    if role is Group:
        return user.is_active and user.has_perm("auth.add_user") and scope.name in GIVEN_GROUPS
    permission = f"{role._meta.app_label}.add_{role._meta.model_name}"
    return user.is_active and user.has_perm(permission) and _scopes(role).editable_by(user).filter(pk=scope.pk).exists()


def roles_over_rows_of(model):
    """Return the roles that are over rows of a model."""
    return [role for role in roles() if _scope_model(role) is model]


def roles_over(user, scope):
    """Return the roles over a row that the user may give, as a list of (role, row)."""
    return [(role, scope) for role in roles_over_rows_of(type(scope)) if may_give(user, role, scope)]


def groups_to_give(user):
    """Return the groups that the user may give, as roles over them."""
    groups = Group.objects.filter(name__in=GIVEN_GROUPS).order_by("pk")
    return [(Group, group) for group in groups if may_give(user, Group, group)]


def _scope_model(role):
    if role is Group:
        return Group
    return role._meta.get_field(role.PARENT).related_model


def _scopes(role):
    return _scope_model(role).objects


def scope_of(invitation):
    """Return (role, the row it is over); raises CannotInvite where that is gone."""
    role = apps.get_model(invitation.role)
    scope = _scopes(role).filter(pk=invitation.scope_id).first()
    if scope is None:
        raise CannotInvite(_("What this invitation was for is gone."))
    return role, scope


@transaction.atomic
def invite(user, person, email, role, scope, until=None, language=settings.LANGUAGE_CODE):
    """Write the invitation and its mail; return the `Invitation`. Raises CannotInvite."""
    _check(user, person, role, scope)
    Invitation.objects.filter(person=person, role=role._meta.label_lower, scope_id=scope.pk).delete()
    invitation = Invitation.objects.create(
        email=email,
        person=person,
        role=role._meta.label_lower,
        scope_id=scope.pk,
        until=until,
        language=language,
        invited_by=user,
    )
    with override(language):
        called, over = in_words(role, scope)
    mail.queue(
        "invitation",
        email,
        language,
        person=person,
        inviter=user.get_full_name() or user.get_username(),
        role=called,
        scope=over,
        days=LASTS.days,
        link=settings.SITE_URL + link_of(invitation),
    )
    return invitation


def _check(user, person, role, scope):
    """Refuse what would give more than the mandate: an account goes with every role that its person holds."""
    if not may_give(user, role, scope):
        raise CannotInvite(_("Whoever invited you may not, or may no longer, give this role."))
    if person.user_id is not None:
        told = _("%(person)s has an account already: give the role on the form itself.")
        raise CannotInvite(told % {"person": person})
    if not user.has_perm("auth.change_user") and any(not may_give(user, *held) for held in _held(person)):
        told = _("%(person)s holds other roles, which an account would bring along: an administrator can invite.")
        raise CannotInvite(told % {"person": person})


def _held(person):
    """Yield (role, scope) of every mandate of a person that is in force or lies ahead."""
    for role in roles():
        for mandate in role._base_manager.filter(person=person).select_related(role.PARENT):
            if mandate.until is None or mandate.until >= timezone.localdate():
                yield role, getattr(mandate, role.PARENT)


def link_of(invitation):
    """Return the path of the invitation's page; it works for seven days."""
    return reverse("admin:invitation", args=[signing.dumps(invitation.pk, salt=SALT)])


def find(token):
    """Return the invitation of a link. Raises CannotInvite for one that is old, used, taken back or made up."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise CannotInvite(_("This invitation has ended. Ask for a new one.")) from error
    except signing.BadSignature as error:
        raise CannotInvite(_("There is no such invitation.")) from error
    invitation = Invitation.objects.select_related("person", "invited_by").filter(pk=pk).first()
    if invitation is None:
        raise CannotInvite(_("This invitation was used already or taken back."))
    return invitation


def check(invitation):
    """Raise CannotInvite where it holds no more: rights lost, its last day over, or an account there by now."""
    if invitation.until and invitation.until < timezone.localdate():
        raise CannotInvite(_("This invitation has ended. Ask for a new one."))
    _check(invitation.invited_by, invitation.person, *scope_of(invitation))


def accept(invitation, username, password):
    """Make the account and the mandate of an invitation, and delete it; return the account.

    Raises CannotInvite, and NameTaken where somebody else took the name at the same moment.
    """
    with transaction.atomic():
        invitation = lock(invitation)
        if invitation is None:  # the button was pressed twice
            raise CannotInvite(_("This invitation was used already or taken back."))
        # Held before anything is checked: another invitation of the same person may be used at the same moment.
        person = invitation.person = lock(invitation.person)
        check(invitation)
        role, scope = scope_of(invitation)
        try:
            with transaction.atomic():
                account = User.objects.create_user(username, invitation.email, password, is_staff=True)
        except IntegrityError as error:
            raise NameTaken(username) from error
        person.user = account
        person.save()
        _give(role, scope, person, invitation.until)
        invitation.delete()
    return account


def _give(role, scope, person, until):
    if role is Group:
        person.user.groups.add(scope)
        return
    today = timezone.localdate()
    if not role.objects.current(today).filter(person=person, **{role.PARENT: scope}).exists():
        role.objects.create(person=person, since=today, until=until, **{role.PARENT: scope})


def name_of(role, scope):
    """Return what people call the role."""
    return GROUP_LABELS[scope.name] if role is Group else role._meta.verbose_name


def in_words(role, scope):
    """Return (what role, over what) for people; a group is over the whole community."""
    return name_of(role, scope), Community.current().name if role is Group else str(scope)


def open_to(offered):
    """Return the invitations to some roles, given as a list of (role, row), that wait to be accepted."""
    theirs = Q(pk__in=[])
    for role, scope in offered:
        theirs |= Q(role=role._meta.label_lower, scope_id=scope.pk)
    waiting = Invitation.objects.filter(theirs, invited_at__gt=timezone.now() - LASTS)
    return waiting.select_related("person", "invited_by")


def lapsed(now=None):
    """Return the invitations that nobody accepted in time; the daily chores delete them."""
    return Invitation.objects.filter(invited_at__lte=(now or timezone.now()) - LASTS)
