"""Markdown that is rendered when it is saved, never when it is shown."""

from django.db import models
from modeltranslation.utils import build_localized_fieldname

from portal.languages import CODES
from portal.markdown import render


class Rendered(models.Model):
    """A row with Markdown fields; `MARKDOWN` maps each to the field that holds its safe HTML.

    Both are translated fields, so that each language has its own pair of columns.
    """

    MARKDOWN = {"body": "body_html"}

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        written = set(update_fields) if update_fields is not None else None
        for source, target in self.MARKDOWN.items():
            for language in CODES:
                text_field = build_localized_fieldname(source, language)
                html_field = build_localized_fieldname(target, language)
                if written is None or text_field in written:
                    setattr(self, html_field, render(getattr(self, text_field) or ""))
                    if written is not None:
                        written.add(html_field)
        super().save(*args, update_fields=written, **kwargs)
