"""A file that comes again, after people have worked on what it brought: a newer one updates, and their edits stay."""

from datetime import UTC, datetime

import pytest

from events.importing import import_programme
from events.imports.reading import read
from events.models import Room, Session, Speaking
from portal.models import ImportedRow
from portal.search import finding
from tests.events.programme_files import an_event, an_xml, at, counts, take_in
from tests.make import a_conference, a_person, speaks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


def test_the_same_file_again_changes_nothing(conference):
    content = an_xml(
        an_event(persons='<person id="7">Ming Li</person>', links='<link href="https://a.example">A</link>')
    )
    take_in(conference, content)
    before = [list(model.objects.values()) for model in (Session, Speaking, ImportedRow)]

    assert counts(take_in(conference, content)) == (0, 0, 1, 0)

    assert before == [list(model.objects.values()) for model in (Session, Speaking, ImportedRow)]


def test_a_dry_run_tells_the_same_and_writes_nothing(conference):
    report = import_programme(conference, read(an_xml(an_event()).encode()))

    assert counts(report) == (1, 0, 0, 0)
    assert not Session.objects.exists() and not Room.objects.exists() and not ImportedRow.objects.exists()


def test_a_newer_file_updates_what_nobody_edited_and_keeps_what_somebody_did(conference):
    take_in(conference, an_xml(an_event()))
    Session.objects.update(title_en="Why forks heal")

    report = take_in(conference, an_xml(an_event("Forks, again", abstract="Since then.")))

    session = Session.objects.get()
    assert (session.title_en, session.abstract_en) == ("Why forks heal", "Since then.")
    assert [line.told for line in report.kept] == ["title [en]; the file says: Forks, again"]
    assert counts(report) == (0, 1, 0, 0)


def test_people_and_links_added_here_stay_and_those_the_file_drops_go(conference):
    persons = '<person id="1">Ming Li</person><person id="2">Hong Wang</person>'
    take_in(conference, an_xml(an_event(persons=persons)))
    session = Session.objects.get()
    speaks(a_person("Added Here"), session)

    take_in(conference, an_xml(an_event(persons='<person id="2">Hong Wang</person>')))

    assert {who.name for who in session.speakings.all()} == {"Hong Wang", "Added Here"}


def test_whoever_was_taken_away_here_does_not_come_back(conference):
    content = an_xml(an_event(persons='<person id="1">Ming Li</person>'))
    take_in(conference, content)
    Speaking.objects.all().delete()

    assert counts(take_in(conference, content)) == (0, 0, 1, 0)
    assert not Speaking.objects.exists()


def test_a_session_deleted_here_stays_deleted_and_one_gone_from_the_file_stays(conference):
    other = an_event("Other", guid="22222222-2222-4222-8222-222222222222")
    take_in(conference, an_xml(an_event(), other))
    Session.objects.get(title_en="Why forks happen").delete()

    report = take_in(conference, an_xml(an_event()))

    assert [line.told for line in report.kept] == ["It was deleted here, so it is not imported again."]
    assert [line.title for line in report.gone] == ["Other"]
    assert [session.title_en for session in Session.objects.all()] == ["Other"]


def test_an_error_leaves_everything_as_it_was(conference, monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("events.importing.programme._existing", lambda conference: ({}, {}))
    monkeypatch.setattr("portal.importing.Memory.keep", break_down)

    with pytest.raises(RuntimeError):
        take_in(conference, an_xml(an_event()))
    assert not Session.objects.exists() and not Room.objects.exists()


def test_what_was_imported_is_found(conference):
    take_in(conference, an_xml(an_event("Reproducible builds")))

    found = finding.find("reproducible", language="en", now=datetime.now(UTC))
    assert found.total == 1
