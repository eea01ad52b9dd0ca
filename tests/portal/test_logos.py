"""What may be put up as the community's logo."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.admin.logos import LogoField
from tests.portal.pictures import a_drawing, a_file

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>'
WITH_AN_ENTITY = b'<!DOCTYPE svg [<!ENTITY a "ha">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
PICTURE = a_file(image=a_drawing(40, 40)).getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("logo.svg", SVG), ("LOGO.SVG", b"\xef\xbb\xbf" + SVG), ("a.jpg", PICTURE)]
)
def test_drawings_and_pictures_are_taken_whole(name, content):
    taken = LogoField().clean(SimpleUploadedFile(name, content))

    assert taken.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<html><body>not a drawing</body></html>"),
        ("logo.svg", b"<svg>of no kind of its own</svg>"),
        ("logo.svg", SVG[:-9]),
        ("logo.svg", PICTURE),
        ("logo.png", SVG),
        ("logo.png", PICTURE[:90]),
        ("logo.txt", PICTURE),
        ("logo.html", SVG),
    ],
)
def test_anything_else_is_refused_in_words(name, content):
    with pytest.raises(ValidationError) as refused:
        LogoField().clean(SimpleUploadedFile(name, content))

    assert all(len(message) > 30 for message in refused.value.messages)


def test_entities_are_never_followed():
    assert LogoField().clean(SimpleUploadedFile("logo.svg", WITH_AN_ENTITY)).read() == WITH_AN_ENTITY


@pytest.mark.django_db
def test_the_form_of_the_community_asks_for_such_a_logo(admin_client):
    page = admin_client.get(reverse("admin:portal_community_add"))

    assert isinstance(page.context["adminform"].form.fields["logo"], LogoField)
