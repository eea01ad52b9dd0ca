"""The cast of the admin's tests, and how a form of the admin is filled in as a browser would."""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.forms import CheckboxInput, FileInput
from django.test import Client
from django.utils import timezone

from events.models import Organizing
from portal.rights import ADMINISTRATOR, EDITOR, TRANSLATOR
from tests import make


def an_account(name, *groups, **fields):
    account = User.objects.create_user(username=name, is_staff=True, **fields)
    account.groups.set(Group.objects.filter(name__in=groups))
    return account


def someone_with(mandate):
    """Return an account whose person holds a mandate; `mandate` takes the person and makes the row."""
    person = make.a_person()
    person.user = an_account(person.slug)
    person.save()
    mandate(person)
    return person.user


def an_administrator():
    return an_account("administrator", ADMINISTRATOR)


def an_editor():
    return an_account("editor", EDITOR)


def a_translator():
    return an_account("translator", TRANSLATOR)


def an_organizer(series, **fields):
    return someone_with(lambda person: Organizing.objects.create(person=person, series=series, **fields))


def a_producer(forum, **fields):
    return someone_with(lambda person: make.produces(person, forum, **fields))


def a_lead(chapter, **fields):
    return someone_with(lambda person: make.leads(person, chapter, **fields))


def a_coordinator(team, **fields):
    return someone_with(lambda person: make.coordinates(person, team, **fields))


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def data_of(response):
    """Return what a browser would send if the admin form of a response were saved as it stands."""
    data = {}
    form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for part in [form, *(formset.management_form for formset in formsets)]:
        data |= _values(part)
    for formset in formsets:
        for inline in formset.initial_forms:
            data |= _values(inline)
    return data


def _values(form):
    values = {}
    for field in form:
        widget, value = field.field.widget, field.value()
        if isinstance(widget, FileInput) or value is None or value == "":
            continue
        if isinstance(getattr(widget, "widget", widget), CheckboxInput):
            if value:
                values[field.html_name] = "on"
            continue
        values[field.html_name] = _sent(field, value)
    return values


def _sent(field, value):
    if isinstance(value, (list, tuple)):
        return [str(getattr(one, "pk", one)) for one in value]
    return field.field.widget.format_value(value) if hasattr(field.field.widget, "format") else str(value)
