"""Loading the demo: idempotent, careful with organizers' work, exact about mistakes; the samples move and go."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from events.models import Session
from meetups.models import AgendaItem, Meetup
from portal.demo import files
from portal.demo.loader import Loader
from portal.demo.moments import moment
from portal.demo.samples import refresh_samples, remove_samples
from portal.models import City, Occasion, Organization, Person
from portal.models.search import SearchEntry
from tests.make import a_session, speaks

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def contents():
    """Return every row of the house with all its columns, the times of change included.

    The search index is left out: it is made anew after each loading.
    """
    models = [model for app in ("portal", "events", "meetups") for model in apps.get_app_config(app).get_models()]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in models
        if model is not SearchEntry
    }


def test_loading_twice_changes_nothing():
    before = contents()

    call_command("load_demo", verbosity=0)

    assert contents() == before


def test_what_an_organizer_changed_stays_changed():
    tidb = Organization.objects.get(slug="tidb")
    tidb.name_en, tidb.slug = "TiDB, renamed", "tidb-renamed"
    tidb.save()
    tidb.names.all().delete()

    call_command("load_demo", verbosity=0)

    tidb.refresh_from_db()
    assert tidb.name_en == "TiDB, renamed"
    assert not tidb.names.exists()
    assert not Organization.objects.filter(slug="tidb").exists()


def test_what_was_deleted_comes_back():
    Occasion.objects.filter(slug="gotc-2023").delete()

    call_command("load_demo", verbosity=0)

    assert Occasion.objects.get(slug="gotc-2023").figures.count() == 2


def test_samples_are_ahead_and_marked():
    samples = Occasion.objects.filter(is_sample=True)

    assert sorted(samples.values_list("wing", flat=True)) == ["events", "meetups", "meetups"]
    for sample in samples:
        assert sample.phase == "upcoming"
        assert "示例" in sample.title_zh_hans and "ample" in sample.title_en


def test_refreshing_moves_the_samples_and_all_their_times_by_whole_weeks():
    meetup = Meetup.objects.get(slug="sample-meetup-chengdu")
    item = meetup.agenda.get(title_en="Doors open")
    talk = Session.objects.get(code="SAMPB3")
    past = contents()["meetups.AgendaItem"]

    in_half_a_year = timezone.localdate() + timedelta(weeks=26)
    assert refresh_samples(in_half_a_year) == 3
    assert refresh_samples(in_half_a_year) == 0

    for row in (meetup, item, talk):
        before = row.starts_at
        row.refresh_from_db()
        assert row.starts_at - before == timedelta(weeks=26)
    assert meetup.over_at == meetup.ends_at
    real = AgendaItem.objects.get(title_en="Stories of open source")
    assert next(row for row in past if row["id"] == real.pk)["starts_at"] == real.starts_at


def test_removing_leaves_no_sample_behind():
    removed, kept = remove_samples()

    assert removed > 20 and kept == []
    assert not Occasion.objects.filter(is_sample=True).exists()
    for model in (Person, Organization):
        assert not model.objects.filter(slug__startswith="sample-").exists()


def test_a_sample_that_something_real_uses_is_kept_and_named():
    speaks(Person.objects.get(slug="sample-speaker-a"), a_session())

    _removed, kept = remove_samples()

    assert kept == ["示例讲者甲"]


def test_no_samples_removes_them_and_loads_the_rest(capsys):
    call_command("load_demo", "--no-samples")

    assert not Occasion.objects.filter(is_sample=True).exists()
    assert Occasion.objects.filter(slug="coscon-2023").exists()
    assert "Removed" in capsys.readouterr().out


def test_a_moment_is_counted_from_the_week_of_loading():
    wednesday = date(2026, 11, 18)

    saturday = moment({"week": 3, "weekday": 6, "at": "14:00"}, wednesday)

    assert saturday.isoformat() == "2026-12-12T14:00:00+08:00"
    assert moment({"week": 0, "weekday": 1}, wednesday) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("portal.city: [{slug: nowhere, nmae: {en: Nowhere}}]", "portal.city “nowhere”, nmae: City has no field"),
        ("portal.city: [{slug: nowhere, name: {fr: Nulle part}}]", "“nowhere”, name: languages are zh and en, not fr"),
        ("portal.city: [{slug: nowhere, name: N, latitude: 1}]", "“nowhere”: {'longitude': "),
        ("portal.person: [{slug: nemo, organization: nobody}]", "organization: there is no organization “nobody”"),
        ("portal.person: [{slug: nemo, name: N, links: [{url: 'javascript:1'}]}]", "“nemo”, links 1: {'url': "),
        ("portal.person: [{slug: nemo, name: N, links: [no]}]", "“nemo”, links 1: write names of fields"),
        ("portal.person: [{slug: nemo, name: N}, {slug: nemo}]", "“nemo”: this entry is there twice"),
        ("portal.article: [{slug: now, dated: {week: 1}}]", "“now”, dated: no such moment"),
        ("portal.nothing: []", "there is no model portal.nothing"),
        ("portal.city: chengdu", "write the label of a model"),
        ("portal.city: [", "while parsing"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_entry(in_english, text, said, tmp_path):
    path = tmp_path / "mistaken.yaml"
    path.write_text(text)

    with pytest.raises(files.DemoError, match=r"mistaken\.yaml") as error, transaction.atomic():
        Loader().load(path)

    assert said in str(error.value)


def test_one_mistake_and_nothing_is_loaded(monkeypatch, tmp_path):
    path = tmp_path / "half.yaml"
    path.write_text("portal.city: [{slug: atlantis, name: Atlantis, latitude: 1, longitude: 1}, {slug: nowhere}]")
    monkeypatch.setattr("portal.management.commands.load_demo.data_files", lambda: [path])

    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_demo")

    assert not City.objects.filter(slug="atlantis").exists()
