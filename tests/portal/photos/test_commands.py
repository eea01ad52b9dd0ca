"""import_photos and clean_media: from the command line, safe from what archives pretend."""

import os
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from portal import importing_photos
from portal.cleaning import missing, orphans
from portal.models import Photo
from tests.make import a_photo_at_hand, an_album
from tests.portal.closed_folders import closed
from tests.portal.pictures import a_drawing, a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def drawings(count):
    return [a_file(image=a_drawing(60 + number, 40)).getvalue() for number in range(count)]


def an_archive(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def import_into(album, source):
    out, err = StringIO(), StringIO()
    call_command("import_photos", album.slug, str(source), stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue()


def test_a_folder_is_imported_once_however_often_it_is_run(store, tmp_path):
    album, folder = an_album(), tmp_path / "card" / "DCIM"
    folder.mkdir(parents=True)
    for number, data in enumerate(drawings(3)):
        (folder / f"{number}.jpg").write_bytes(data)
    (folder / "notes.txt").write_text("not a photo")
    (folder / ".hidden.jpg").write_bytes(b"clutter")

    told, refused = import_into(album, tmp_path / "card")
    assert told == "3 added, 0 there already, 1 refused"
    assert "notes.txt: This is not a picture" in refused

    assert import_into(album, tmp_path / "card")[0] == "0 added, 3 there already, 1 refused"
    assert album.photos.count() == 3


def test_a_zip_is_imported(store, tmp_path):
    first, second = drawings(2)
    archive = an_archive(tmp_path / "a.zip", {"day/1.jpg": first, "day/2.jpg": second, "__MACOSX/._1.jpg": b"x"})

    assert import_into(an_album(), archive)[0] == "2 added, 0 there already, 0 refused"


@pytest.mark.parametrize("name", ["../../evil.jpg", "/etc/evil.jpg", "a/../../evil.jpg", "..\\evil.jpg", "C:/evil.jpg"])
def test_an_archive_with_path_tricks_is_refused_whole(store, tmp_path, name):
    archive = an_archive(tmp_path / "a.zip", {"good.jpg": drawings(1)[0], name: drawings(1)[0]})

    with pytest.raises(CommandError, match="outside of itself"):
        import_into(an_album(), archive)

    assert Photo.objects.count() == 0


def test_a_bomb_is_read_no_further_than_a_photo_may_be_large(store, tmp_path, monkeypatch):
    monkeypatch.setattr(importing_photos, "MOST_BYTES", 2**20)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jpg", b"\xff\xd8\xff" + bytes(50 * 2**20))
    with importing_photos.photos_in(path) as [found], found.open() as file:
        assert len(file.read()) == 2**20 + 1

    assert import_into(an_album(), path)[0] == "0 added, 0 there already, 1 refused"


def test_an_archive_that_states_too_much_is_refused_whole(store, tmp_path, monkeypatch):
    monkeypatch.setattr(importing_photos, "MOST_BYTES_IN_ALL", 100)
    archive = an_archive(tmp_path / "a.zip", {"1.jpg": drawings(1)[0]})

    with pytest.raises(CommandError, match="too much"):
        import_into(an_album(), archive)


def test_too_many_files_are_refused_whole(store, tmp_path, monkeypatch):
    monkeypatch.setattr(importing_photos, "MOST_FILES", 1)
    archive = an_archive(tmp_path / "a.zip", {"1.jpg": b"1", "2.jpg": b"2"})

    with pytest.raises(CommandError, match="the limit is 1"):
        import_into(an_album(), archive)


def test_a_damaged_member_is_refused_and_the_rest_goes_on(store, tmp_path):
    first, second = drawings(2)
    path = an_archive(tmp_path / "a.zip", {"1.jpg": first, "2.jpg": second})
    data = bytearray(path.read_bytes())
    data[len(first) // 2] ^= 0xFF
    path.write_bytes(data)

    told, refused = import_into(an_album(), path)

    assert told == "1 added, 0 there already, 1 refused"
    assert "1.jpg: The archive is damaged" in refused


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_is_refused_and_the_rest_goes_on(store, tmp_path, packed):
    path, (first, second) = tmp_path / "a.zip", drawings(2)
    with zipfile.ZipFile(path, "w", packed) as archive:
        archive.writestr("1.jpg", first * 9)
        archive.writestr("2.jpg", second)
    data = bytearray(path.read_bytes())
    data[60:200] = b"\xff" * 140
    path.write_bytes(data)

    told, refused = import_into(an_album(), path)

    assert told == "1 added, 0 there already, 1 refused"
    assert "1.jpg: The archive is damaged" in refused


def test_a_member_that_names_the_folder_itself_is_passed_over(store, tmp_path):
    archive = an_archive(tmp_path / "a.zip", {"./": b"", "1.jpg": drawings(1)[0]})

    assert import_into(an_album(), archive)[0] == "1 added, 0 there already, 0 refused"


def test_the_end_of_an_archive_alone_is_refused_in_a_sentence(store, tmp_path):
    whole = an_archive(tmp_path / "a.zip", {"1.jpg": drawings(1)[0]}).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[whole.index(b"PK\5\6") :])

    with pytest.raises(CommandError, match="neither a folder nor a ZIP file"):
        import_into(an_album(), tmp_path / "a.zip")


def test_a_link_out_of_the_folder_is_left_alone(store, tmp_path):
    (tmp_path / "private.jpg").write_bytes(drawings(1)[0])
    (tmp_path / "card").mkdir()
    (tmp_path / "card" / "link.jpg").symlink_to(tmp_path / "private.jpg")

    assert import_into(an_album(), tmp_path / "card")[0] == "0 added, 0 there already, 0 refused"


def test_a_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(tmp_path, monkeypatch):
    (tmp_path / "DCIM").mkdir()
    closed(monkeypatch, tmp_path / "DCIM")

    with pytest.raises(CommandError, match="Permission denied"):
        import_into(an_album(), tmp_path)


def test_an_unknown_album_and_a_strange_source_are_told(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(CommandError, match="There is no album with the address none"):
        call_command("import_photos", "none", str(tmp_path))
    with pytest.raises(CommandError, match="neither a folder nor a ZIP"):
        import_into(an_album(), tmp_path / "file")


def test_files_without_a_row_are_found_once_they_are_old_and_deleted_when_asked(folder):
    photo = a_photo_at_hand()
    for name in ("photos/aa/lost-320.avif", "originals/lost.jpg", "originals/young.jpg"):
        default_storage.save(name, ContentFile(b"lost"))
    aged = folder.stat().st_mtime - timedelta(hours=2).total_seconds()
    for path in folder.rglob("*"):
        if path.is_file() and "young" not in path.name:
            os.utime(path, (aged, aged))

    assert set(orphans()) == {"photos/aa/lost-320.avif", "originals/lost.jpg"}

    call_command("clean_media", "--delete", stdout=StringIO())
    assert set(orphans(timedelta())) == {"originals/young.jpg"}
    assert list(missing()) == []
    assert default_storage.exists(photo.image.name)


def test_a_row_without_its_file_is_named(store):
    photo = a_photo_at_hand()
    default_storage.delete(photo.rendition_name(photo.widths[0], "avif"))
    told = StringIO()

    with pytest.raises(CommandError, match="^Missing files: 1. Look for them in a backup.$"):
        call_command("clean_media", stdout=StringIO(), stderr=told)

    assert told.getvalue() == f"photo {photo.pk} lacks {photo.rendition_name(photo.widths[0], 'avif')}\n"
