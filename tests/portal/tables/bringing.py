"""What the tests of spreadsheets share: files as people have them, and the way of one from its preview to the rows."""

import io

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from tests.organizers import signed_in


def speaking_english(account):
    client = signed_in(account)
    client.cookies["django_language"] = "en"
    return client


def page(model, name="import"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")


def csv(*lines):
    return "\n".join(lines).encode()


def xlsx(*rows, merged=""):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def preview(client, model, content):
    response = client.post(page(model), {"file": SimpleUploadedFile("rows", content)})
    assert response.status_code == 200
    return response


def states(response):
    """Return the state of each line of a preview."""
    return [line.state for line in response.context["plan"].lines]


def mistakes(response):
    """Return (cell, why) of everything refused."""
    return [(one.cell, one.why) for line in response.context["plan"].lines for one in line.mistakes]


def trouble(response):
    """Return why a file was not read at all."""
    assert "plan" not in response.context
    return " ".join(response.context["form"].errors["file"])


def press(client, model, response, follow=False):
    return client.post(page(model), {"write": response.context["held"]}, follow=follow)


def brought_in(client, model, content):
    response = preview(client, model, content)
    assert mistakes(response) == []
    press(client, model, response)
    return response


def table_of(model):
    return admin.site._registry[model].table
