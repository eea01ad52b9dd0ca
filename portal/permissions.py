"""What each group may do with each kind of row, before any row's own scope is asked.

The groups are made anew after every migration, since permissions must exist
first; so what a group may do is said here and nowhere else.
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from modeltranslation.translator import translator

from portal import wings
from portal.publishing import Curated
from portal.rights import (
    ADMINISTRATOR,
    CHAPTER_LEAD,
    CONFERENCE_ORGANIZER,
    EDITOR,
    GROUPS,
    PRODUCER,
    TRANSLATOR,
    groups_of,
)

EVERYTHING = "view add change delete"
OF_AN_OCCASION = "desk occasionlink figure highlight award awardrecipient part partnership"
STORIES = "album article photo"
WHO = "organization organizationname person personlink personname"

LOOKED_AT = {"registration": "view change", "delivery": "view"}

# group -> names of models, with spaces between -> verbs. The wings' own models are in `Wing.permissions`.
GRANTS = {
    EDITOR: {f"{STORIES} {WHO} city page source": EVERYTHING},
    CONFERENCE_ORGANIZER: {f"{OF_AN_OCCASION} {STORIES} {WHO} source webhook": EVERYTHING, **LOOKED_AT},
    CHAPTER_LEAD: {f"{OF_AN_OCCASION} {STORIES} {WHO} source webhook": EVERYTHING, **LOOKED_AT},
    PRODUCER: {WHO: EVERYTHING},
}


class RightsBackend(AuthenticationBackend):
    """Accounts by name or by address; a group's permissions also go to whoever holds a mandate of its kind today."""

    def _get_group_permissions(self, user_obj):
        return Permission.objects.filter(group__name__in=groups_of(user_obj))


def make_groups(**kwargs):
    """Make the groups and give each its permissions; a receiver of `post_migrate`."""
    for label in _labels():
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name in GROUPS:
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions_of(name))


def _permissions_of(group):
    if group == ADMINISTRATOR:
        accounts = Permission.objects.filter(
            content_type__app_label="auth", codename__in=["view_user", "add_user", "change_user"]
        )
        return Permission.objects.filter(content_type__app_label__in=_labels()) | accounts
    granted = _expanded(group, "portal", GRANTS)
    for wing in wings.every():
        granted |= _expanded(group, wing.name, wing.permissions)
    if group == TRANSLATOR:
        for model in translator.get_registered_models(abstract=False):
            if issubclass(model, Curated):
                granted |= {(model._meta.app_label, f"{verb}_{model._meta.model_name}") for verb in ("view", "change")}
    codenames = {codename for _label, codename in granted}
    return [
        permission
        for permission in Permission.objects.filter(codename__in=codenames).select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in granted
    ]


def _expanded(group, label, grants):
    """Return {(app label, codename)} of a table of grants; an unknown model is a mistake and raises LookupError."""
    found = set()
    for names, verbs in grants.get(group, {}).items():
        for name in names.split():
            apps.get_model(label, name)
            found |= {(label, f"{verb}_{name}") for verb in verbs.split()}
    return found


def _labels():
    return ["portal", *(wing.name for wing in wings.every())]
