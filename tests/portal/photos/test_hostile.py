"""A hundred hostile files by the album's page: each refused or made harmless, and the server goes on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.cleaning import missing
from portal.models import Photo
from tests.make import an_album
from tests.memory import PeakMemory
from tests.organizers import an_editor, signed_in
from tests.portal.photos.hostile import SCRIPT, hostile_files
from tests.portal.photos.storing import stored_bytes
from tests.portal.pictures import SECRET

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("in_english"),
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
]

# What one file may take on top of what the process holds: a worker of 130 MB then stays within its 600 MB.
MOST_MEGABYTES = 470
# What must be refused; the rest may be taken, once it is harmless.
REFUSED = ("truncated-at-0", "truncated-at-5", "svg", "html", "pdf", "elf", "php", "promises", "bomb.png", "too-many")


def test_each_of_a_hundred_hostile_files_is_refused_or_made_harmless(folder):
    album, client = an_album(), signed_in(an_editor())
    answers = {}
    with PeakMemory() as memory:
        for name, data in hostile_files().items():
            answer = client.post(
                f"/admin/portal/album/{album.pk}/photos/upload/",
                {"file": SimpleUploadedFile(name, data)},
                headers={"Accept": "application/json"},
            )
            answers[name] = (answer.status_code, answer.json())

    assert {status for status, _told in answers.values()} == {201, 422}
    assert [name for name, (status, _told) in answers.items() if name.startswith(REFUSED) and status != 422] == []
    assert [name for name, (status, told) in answers.items() if status == 422 and not told["reason"]] == []

    taken = [name for name, (status, _told) in answers.items() if status == 201]
    assert Photo.objects.count() == len(taken) > 10
    for name, data in stored_bytes():
        assert SCRIPT not in data and SECRET.encode() not in data, name
        assert not data.startswith(b"<")
    assert list(missing()) == []
    for photo in Photo.objects.all():
        for name in photo.rendition_names():
            response = client.get(f"/media/{name}")
            assert response["Content-Type"] in ("image/avif", "image/jpeg", "image/webp")
            assert response["X-Content-Type-Options"] == "nosniff"
    assert memory.grown < MOST_MEGABYTES
