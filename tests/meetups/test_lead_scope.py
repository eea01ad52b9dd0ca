"""A lead of Chengdu touches Chengdu and nothing else: every admin address of Guangzhou's rows answers 403 or 404."""

import json
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from meetups.models import AgendaItem, Meetup
from portal.models import Award, Highlight, Part
from tests import make
from tests.organizers import a_lead, data_of, signed_in

pytestmark = pytest.mark.django_db

SECRET = "Hui Shiji's surprise"
CLOSED = {403, 404}


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def chengdu():
    return make.a_chapter("KCC Chengdu")


@pytest.fixture
def lead(chengdu):
    return signed_in(a_lead(chengdu))


@pytest.fixture
def guangzhou():
    """Rows of every kind of another chapter, each of which names the secret."""
    chapter = make.a_chapter("KCC Guangzhou", summary_en=SECRET)
    ahead = timezone.now() + timedelta(days=9)
    meetup = make.a_meetup(SECRET, chapters=[chapter], starts_at=ahead, published_at=None)
    album, article = make.an_album(SECRET, occasion=meetup, published_at=None), make.an_article(SECRET)
    article.occasions.set([meetup])
    return [
        chapter,
        meetup,
        AgendaItem.objects.create(meetup=meetup, title_en=SECRET),
        make.a_registration(make.a_desk(3, meetup), SECRET),
        make.a_figure(meetup, label_en=SECRET),
        Highlight.objects.create(occasion=meetup, title_en=SECRET),
        Award.objects.create(occasion=meetup, name_en=SECRET),
        Part.objects.create(occasion=meetup, role="guest", name_then_en=SECRET),
        make.partners(make.an_organization(), meetup, note_en=SECRET),
        album,
        make.a_photo(album, caption_en=SECRET),
        article,
        make.a_person(SECRET, published_at=None),
    ]


def of(rows, model):
    return next(row for row in rows if type(row) is model)


def address(row, page, *args):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


def kept(row):
    stored = type(row).objects.get(pk=row.pk)
    return {field.attname: getattr(stored, field.attname) for field in row._meta.concrete_fields}


def test_every_page_of_every_row_is_closed(lead, guangzhou):
    before, answers = [kept(row) for row in guangzhou], {}
    for row in guangzhou:
        for page in ("change", "delete", "history"):
            url = address(row, page, row.pk)
            answers[url] = {lead.get(url).status_code, lead.post(url, {"post": "yes", "title_en": "Ours"}).status_code}

    assert {url: codes for url, codes in answers.items() if not codes <= CLOSED} == {}
    assert [kept(row) for row in guangzhou] == before


def test_every_action_on_every_row_is_refused_and_no_list_or_export_names_it(lead, guangzhou):
    before, wrong = [kept(row) for row in guangzhou], []
    for row in guangzhou:
        model_admin, changelist = admin.site._registry[type(row)], address(row, "changelist")
        names = [action if isinstance(action, str) else action.__name__ for action in model_admin.actions or ()]
        for name in [*names, "delete_selected"]:
            sent = {"action": name, "_selected_action": [row.pk], "post": "yes"}
            if lead.post(changelist, sent).status_code not in CLOSED:
                wrong.append(f"{name} of {row._meta.model_name}")
        pages = [changelist]
        if getattr(model_admin, "table", None):
            pages += [address(row, "export_csv"), address(row, "export_xlsx")]
        wrong += [url for url in pages if SECRET.encode() in lead.get(url).content]

    assert wrong == []
    assert [kept(row) for row in guangzhou] == before


def test_the_pages_of_a_verb_are_closed(lead, guangzhou):
    chapter, meetup = guangzhou[:2]
    registration, album = guangzhou[3], guangzhou[9]
    desk = registration.desk_id
    photo = SimpleUploadedFile("a.jpg", b"no matter", "image/jpeg")
    answers = [
        lead.get(reverse("admin:meetups_meetup_new_of", args=[chapter.pk])),
        lead.get(reverse("admin:meetups_meetup_after", args=[meetup.pk])),
        lead.post(reverse("admin:meetups_meetup_after", args=[meetup.pk]), {"recap": "1"}),
        lead.get(reverse("admin:door", args=[desk])),
        lead.get(reverse("admin:door-state", args=[desk])),
        lead.post(reverse("admin:door-mark", args=[desk, registration.pk]), {"mark": "here"}),
        lead.post(reverse("admin:door-walk-in", args=[desk]), {"name": "Bo"}),
        lead.get(reverse("admin:portal_album_photos", args=[album.pk])),
        lead.post(reverse("admin:portal_album_upload", args=[album.pk]), {"file": photo}),
        lead.get(reverse("admin:portal_album_known", args=[album.pk])),
    ]

    assert {answer.status_code for answer in answers} <= CLOSED, [answer.request["PATH_INFO"] for answer in answers]


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("meetups.meetup", "chapters"),
        ("meetups.meetup", "along_with"),
        ("portal.part", "person"),
        ("portal.album", "occasion"),
        ("portal.article", "occasions"),
    ],
)
def test_typing_finds_no_draft_of_theirs(lead, guangzhou, model, field):
    app, name = model.split(".")
    asked = {"term": SECRET.split("'")[0], "app_label": app, "model_name": name, "field_name": field}

    answer = lead.get(reverse("admin:autocomplete"), asked)

    assert answer.status_code in {200, *CLOSED}
    assert answer.status_code != 200 or json.loads(answer.content)["results"] == []


def test_an_export_of_theirs_brought_in_changes_nothing(lead, guangzhou):
    chief = signed_in(User.objects.create_superuser("chief"))
    before = [kept(row) for row in guangzhou]
    for row in guangzhou:
        if not getattr(admin.site._registry[type(row)], "table", None):
            continue
        content = chief.get(address(row, "export_csv")).content.replace(b"Hui", b"Our")
        file = SimpleUploadedFile("rows.csv", content, "text/csv")
        answer = lead.post(address(row, "import"), {"file": file})
        assert answer.status_code in {200, *CLOSED}
        if answer.status_code == 200:
            lead.post(address(row, "import"), {"write": answer.context["held"]})

    assert [kept(row) for row in guangzhou] == before


def test_a_meetup_is_not_moved_into_another_chapter(lead, chengdu, guangzhou):
    meetup = make.a_meetup(chapters=[chengdu])
    url = address(meetup, "change", meetup.pk)

    answer = lead.post(url, data_of(lead.get(url)) | {"chapters": [guangzhou[0].pk]})

    assert answer.status_code == 200
    assert list(Meetup.objects.get(pk=meetup.pk).chapters.all()) == [chengdu]


def test_several_chapters_may_meet_together_and_each_lead_edits_it(lead, chengdu, guangzhou):
    meetup, other = make.a_meetup(chapters=[chengdu]), signed_in(a_lead(guangzhou[0]))
    url = address(meetup, "change", meetup.pk)
    assert other.get(url).status_code == 404

    lead.post(url, data_of(lead.get(url)) | {"chapters": [chengdu.pk, guangzhou[0].pk]})

    assert other.get(url).status_code == 200
