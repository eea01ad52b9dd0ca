"""What no organizer types, but an address may hold: the admin answers in words, and never breaks."""

import pytest
from django.urls import reverse

from tests import make
from tests.admin_cost import lists, new_forms
from tests.organizers import an_administrator, signed_in

# What surrounds every page is read once: no answer depends on it.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_store")]

OVERLONG = "9" * 23
OF_A_FORM = ("", *(f"{name}={OVERLONG}" for name in ("conference", "occasion")))
OF_A_LIST = (
    *(f"{name}={OVERLONG}" for name in ("id__in", "year")),
    *("title__regex=(", "q=%00", "o=1.-2.99", "gap=xx&state=zzz", "id__exact=abc"),
)
POSTED = {
    "admin:bin": "binned",
    "admin:merges": "merged",
    "admin:auth_user_invite": "take_back",
    "admin:portal_takedowns": "takedown",
}


@pytest.fixture
def chief():
    return signed_in(an_administrator())


@pytest.mark.parametrize("asked", [*OF_A_FORM[1:], *OF_A_LIST])
def test_a_list_is_asked_for_nonsense(chief, asked):
    for address in [*lists(), reverse("admin:translations")]:
        assert chief.get(f"{address}?{asked}").status_code in (200, 302, 400), address


@pytest.mark.parametrize("asked", OF_A_FORM)
def test_a_new_form_is_asked_for_nonsense(chief, asked):
    """What only lists know comes with each question, all at once."""
    for address in new_forms():
        assert chief.get(f"{address}?{'&'.join([asked, *OF_A_LIST])}").status_code in (200, 302, 400), address


@pytest.mark.parametrize("key", [OVERLONG, "abc", "", "-1"])
def test_a_form_names_a_row_that_cannot_be(chief, key):
    for name, field in POSTED.items():
        assert chief.post(reverse(name), {field: key}).status_code == 404, name
    for row in (make.a_person(), make.a_conference()):
        history = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])
        assert chief.post(history, {"version": key}).status_code == 403
    merging = f"{reverse('admin:portal_person_merge')}?row={key}&row={key}"
    assert chief.get(merging).status_code == 403
