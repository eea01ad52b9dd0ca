"""The way back from a merge: what was changed since stays, nothing by halves, thirty days."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Speaking
from portal.binning import CannotReturn
from portal.merging import merge
from portal.models import FormerSlug, ImportedRow, Merge, Person
from portal.unmerging import old_merges, undo
from tests import make
from tests.organizers import a_lead, an_administrator, an_editor, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_undoing_leaves_alone_what_was_changed_since():
    kept, gone, third = make.a_person("Kept"), make.a_person("Gone"), make.a_person("Third")
    first, second = make.speaks(gone, make.a_session()), make.speaks(gone, make.a_session())
    merged = merge(kept, gone, an_administrator())
    Speaking.objects.filter(pk=first.pk).update(person=third)

    undo(merged)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.person, second.person.name_en) == (third, "Gone")


def test_undoing_leaves_what_was_written_or_untied_since():
    kept, gone = make.a_person("Kept"), make.a_person("Gone", title_en="Other", bio_en="A life.")
    article = make.an_article()
    article.authors.add(gone)
    merged = merge(kept, gone, an_administrator())
    Person.objects.filter(pk=kept.pk).update(title_en="Maintainer")
    article.authors.clear()

    undo(merged)

    kept.refresh_from_db()
    assert (kept.title_en, kept.bio_en or "") == ("Maintainer", "")
    assert not article.authors.exists()


def test_undoing_touches_nothing_that_is_of_others():
    kept, gone, other = (make.a_person(name) for name in ("Kept", "Gone", "Other"))
    other.names.create(name="Another")
    FormerSlug.objects.create(model="portal.person", slug="other-once", object_id=other.pk)
    imported = {"source": "table", "model": "portal.person"}
    for key, person in (("kept", kept), ("gone", gone), ("other", other), ("theirs by now", gone)):
        ImportedRow.objects.create(**imported, key=key, object_id=person.pk)
    articles = [(person, make.an_article()) for person in (other, gone, other)]
    for person, article in articles:
        article.authors.add(person)

    merged = merge(kept, gone, an_administrator())
    ImportedRow.objects.filter(key="theirs by now").update(object_id=other.pk)
    undo(merged)

    assert [one.name for person in (kept, gone, other) for one in person.names.all()] == ["Another"]
    assert [one.slug for one in FormerSlug.objects.all()] == ["other-once"]
    led = dict(ImportedRow.objects.values_list("key", "object_id"))
    assert led == {"kept": kept.pk, "gone": gone.pk, "other": other.pk, "theirs by now": other.pk}
    assert all(list(article.authors.all()) == [person] for person, article in articles)


def test_a_merge_that_cannot_be_undone_says_so_and_does_nothing_by_halves():
    kept, gone = make.a_person(), make.a_person(slug="taken")
    session = make.a_session()
    make.speaks(gone, session)
    merged = merge(kept, gone, an_administrator())
    make.a_person(slug="taken")

    with pytest.raises(CannotReturn):
        undo(merged)

    assert session.speakings.get().person == kept
    assert Merge.objects.exists()


def test_the_page_of_merges_says_why_one_cannot_be_undone():
    kept, gone, chief = make.a_person(), make.a_person(slug="taken"), an_administrator()
    merged = merge(kept, gone, chief)
    make.a_person(slug="taken")

    told = signed_in(chief).post(reverse("admin:merges"), {"merged": merged.pk}, follow=True)

    assert [str(message) for message in told.context["messages"]] == [
        "Something else has its address now, or what it belonged to no longer exists."
    ]
    assert Merge.objects.exists()


def test_a_merge_whose_undoing_would_need_what_is_gone_says_so():
    kept, gone, session = make.a_person(), make.a_person(), make.a_session()
    for person in (kept, gone):
        make.speaks(person, session)
    merged = merge(kept, gone, an_administrator())
    session.delete()

    with pytest.raises(CannotReturn, match="what it belonged to no longer exists"):
        undo(merged)

    assert Person.objects.count() == 1


def test_a_merge_is_undone_once():
    kept, gone = make.a_person("Kept"), make.a_person("Gone")
    merged = merge(kept, gone, an_administrator())
    undo(merged)
    Person.objects.filter(pk=gone.pk).update(name_en="Another")

    with pytest.raises(CannotReturn, match="separate again already"):
        undo(merged)

    assert Person.objects.get(pk=gone.pk).name_en == "Another"


def test_of_two_merges_the_later_is_undone_first():
    first, second, third = (make.a_person(name) for name in ("First", "Second", "Third"))
    chief = an_administrator()
    early = merge(second, first, chief)
    late = merge(third, second, chief)

    with pytest.raises(CannotReturn):
        undo(early)
    undo(late)
    undo(early)

    assert Person.objects.filter(name_en__in=["First", "Second", "Third"]).count() == 3


def test_after_thirty_days_a_merge_is_forgotten():
    merge(make.a_person(), make.a_person(), an_administrator())

    assert not old_merges().exists()
    assert old_merges(timezone.now() + timedelta(days=31)).exists()


def test_a_merge_is_undone_on_its_page_by_who_did_it_or_an_administrator():
    editor = an_editor()
    merged = merge(make.a_person(), make.a_person(), editor)
    page = reverse("admin:merges")

    assert signed_in(a_lead(make.a_chapter())).post(page, {"merged": merged.pk}).status_code == 404
    assert list(signed_in(an_administrator()).get(page).context["merges"]) == [merged]
    Merge.objects.update(merged_at=timezone.now() - timedelta(days=31))
    assert signed_in(editor).post(page, {"merged": merged.pk}).status_code == 404
    Merge.objects.update(merged_at=timezone.now() - timedelta(days=29))
    signed_in(editor).post(page, {"merged": merged.pk})

    assert Person.objects.count() == 3  # the lead is one
    assert not Merge.objects.exists()
