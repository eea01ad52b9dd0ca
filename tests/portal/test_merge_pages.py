"""The pages on which two rows are made one: what will move, who may, pressed twice."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from events.models import Speaking
from portal.models import FormerSlug, Merge, Person
from tests import make
from tests.organizers import a_lead, an_account, an_administrator, an_editor, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def merge_page(*rows, **query):
    name = rows[0]._meta.model_name
    chosen = [*(("row", row.pk) for row in rows), *((word, row.pk) for word, row in query.items())]
    return reverse(f"admin:portal_{name}_merge", query=chosen)


def test_the_list_leads_to_a_page_that_shows_what_will_move_and_merges():
    one, other = make.a_person("One"), make.a_person("Other")
    make.speaks(one, make.a_session())
    client = signed_in(an_administrator())

    led = client.post(
        reverse("admin:portal_person_changelist"), {"action": "merge_two", "_selected_action": [one.pk, other.pk]}
    )
    shown = client.get(led["Location"] + f"&keep={other.pk}", headers={"accept-language": "en"})
    assert [
        (effect.label, effect.count) for effect in shown.context["effects"]["Will point to the one that is kept"]
    ] == [("Speakers", 1)]
    client.post(merge_page(one, other, keep=other))

    assert Speaking.objects.get().person == other
    assert FormerSlug.objects.get(slug=one.slug).object_id == other.pk
    assert other.history.exists()
    assert LogEntry.objects.get().object_id == str(other.pk)


def test_three_rows_are_not_made_one():
    rows = [make.a_person(name) for name in ("One", "Other", "Third")]
    chosen = {"action": "merge_two", "_selected_action": [row.pk for row in rows]}

    told = signed_in(an_administrator()).post(reverse("admin:portal_person_changelist"), chosen, follow=True)

    assert [str(message) for message in told.context["messages"]] == ["Select exactly two to merge."]
    assert not Merge.objects.exists()


def test_why_two_cannot_be_made_one_is_said_and_nothing_is_done():
    one, other = make.a_person("One"), make.a_person("Other")
    Person.objects.filter(pk=other.pk).update(user=an_account("other"))

    told = signed_in(an_editor()).post(merge_page(one, other), follow=True)

    assert "One of the two has an account" in " ".join(str(message) for message in told.context["messages"])
    assert not Merge.objects.exists() and not LogEntry.objects.exists()


def test_the_page_needs_two_rows_within_ones_scope():
    one, other = make.a_person("One"), make.a_person("Other")

    for client in (signed_in(a_lead(make.a_chapter())), signed_in(an_account("guest"))):
        assert client.get(merge_page(one, other)).status_code == 403
        assert client.post(merge_page(one, other)).status_code == 403
    assert signed_in(an_editor()).get(merge_page(one)).status_code == 403


def test_a_second_press_says_what_the_first_did_to_who_may_see_it():
    one, other = make.a_person("One"), make.a_person("Other")
    page = merge_page(one, other)
    editor = signed_in(an_editor())

    first, again = (editor.post(page, headers={"accept-language": "en"}) for _time in range(2))

    assert (first.status_code, again.status_code, again["Location"]) == (302, 302, first["Location"])
    [told] = {str(message) for message in editor.get(again["Location"]).context["messages"]}
    assert told.startswith("Other is now merged into One.")
    assert Merge.objects.count() == 1
    assert signed_in(a_lead(make.a_chapter())).post(page).status_code == 403
