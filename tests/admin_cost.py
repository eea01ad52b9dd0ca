"""Which pages the admin has for each model, read from its registry, and what one costs."""

import time

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import Occasion
from portal.publishing import Curated
from tests.many import multiply

NO_LIST = {"community"}  # its list is its form


def models():
    """Return the models that organizers edit."""
    return [model for model in admin.site._registry if issubclass(model, Curated) and model is not Occasion]


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def lists():
    return [page(model, "changelist") for model in models() if model._meta.model_name not in NO_LIST]


def largest(model):
    """Return the row of a model with the most rows that belong to it, or None."""
    rows = model.objects.order_by("pk")
    inlines = [one.model for one in admin.site._registry[model].inlines]
    if not inlines or not rows.exists():
        return rows.first()

    def size(pk):
        return sum(one.objects.filter(**{_field_to(one, model): pk}).count() for one in inlines)

    return rows.get(pk=max(rows.values_list("pk", flat=True)[:200], key=size))


def _field_to(inline, model):
    here = {model, *model._meta.all_parents}
    return next(field.name for field in inline._meta.fields if field.is_relation and field.related_model in here)


def forms():
    """Return the address of one change form, the largest, of each model that has rows."""
    rows = {model: largest(model) for model in models()}
    return [page(model, "change", row.pk) for model, row in rows.items() if row]


def new_forms():
    """Return the addresses of the forms for new rows, with the parent chosen where one must be."""
    found = []
    for model in models():
        if not admin.site._registry[model].has_add_permission(_anything_goes()):
            continue
        parent = getattr(model, "PARENT", None)
        first = parent and model._meta.get_field(parent).related_model.objects.first()
        found.append(page(model, "add") + (f"?{parent}={first.pk}" if first else ""))
    return found


def _anything_goes():
    request = RequestFactory().get("/admin/")
    request.user = User(username="anybody", is_superuser=True)
    return request


def warm(client, addresses):
    """Open each page once, so that what a process reads once is read."""
    for address in addresses:
        client.get(address)


def queries(client, address):
    """Return how often a warm page asks the database."""
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
    assert response.status_code in (200, 302), f"{response.status_code} for {address}"
    return len(found)


def milliseconds(client, address, times=3):
    """Return the least CPU that a page took of some times, after a first."""
    client.get(address)
    spent = []
    for _time in range(times):
        began = time.process_time()
        response = client.get(address)
        spent.append(time.process_time() - began)
        assert response.status_code == 200, f"{response.status_code} for {address}"
    return round(min(spent) * 1000)


def cost_of_everything(times):
    """Multiply what there is; return address -> {"ms", "queries before", "queries"} of every list and form."""
    client = Client()
    client.force_login(User.objects.create_superuser("cost"))
    addresses = ["/admin/", *lists(), *forms(), *new_forms()]
    warm(client, addresses)
    before = {address: queries(client, address) for address in addresses}
    multiply(times)
    return {
        address: {
            "ms": milliseconds(client, address),
            "queries before": before[address],
            "queries": queries(client, address),
        }
        for address in addresses
    }
