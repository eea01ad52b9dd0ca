"""The command that imports a programme."""

import pytest
from django.core.management import CommandError, call_command

from events.models import Session
from tests.events.programme_files import an_event, an_xml, at
from tests.make import a_conference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conference():
    return a_conference(slug="openconf-2023", starts_at=at(0), ends_at=at(0, day=30))


def test_the_command_says_what_would_change_and_writes_only_when_told(conference, tmp_path, capsys):
    file = tmp_path / "schedule.xml"
    file.write_text(an_xml(an_event()))

    call_command("import_schedule", file, conference=conference.slug)
    assert "1 new, 0 changed, 0 the same, 0 refused" in capsys.readouterr().out
    assert not Session.objects.exists()

    call_command("import_schedule", file, conference=conference.slug, write=True)
    assert "Written." in capsys.readouterr().out
    assert Session.objects.count() == 1


def test_the_command_names_what_it_cannot_read(conference, tmp_path):
    file = tmp_path / "menu.json"
    file.write_text('{"menu": 1}')

    with pytest.raises(CommandError, match=r"menu\.json: Expected"):
        call_command("import_schedule", file, conference=conference.slug)
    with pytest.raises(CommandError, match="no conference atlantis. The latest are: openconf-2023"):
        call_command("import_schedule", file, conference="atlantis")
    with pytest.raises(CommandError, match="gone.xml"):
        call_command("import_schedule", tmp_path / "gone.xml", conference=conference.slug)
