"""A logo that is put up: a drawing or a picture that every browser shows, and nothing else."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _
from lxml import etree

DRAWING = "{http://www.w3.org/2000/svg}svg"


class LogoField(forms.ImageField):
    """An image that may be an SVG as well, which Pillow cannot read."""

    default_validators = [FileExtensionValidator(["svg", "png", "jpg", "jpeg", "webp"])]
    default_error_messages = {
        "invalid_image": _("This file is not a picture, or it is damaged. Choose an SVG, PNG, JPEG or WebP.")
    }

    def to_python(self, data):
        if not data or not data.name.lower().endswith(".svg"):
            return super().to_python(data)
        file = forms.FileField.to_python(self, data)
        if not _is_drawing(file):
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image")
        return file


def _is_drawing(file):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(file.read(), parser)
    except etree.XMLSyntaxError:
        return False
    finally:
        file.seek(0)
    return root.tag == DRAWING
