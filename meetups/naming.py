"""Chapters go by the community's own word, also where Django itself names them: lists, forms, menus, messages."""

from django.utils.text import capfirst

from meetups.models import Chapter
from portal.chapter_words import CHAPTER, CHAPTERS


def name_by_the_community(app):
    """Name the app, the model and every field that leads to it; migrations know the names in the code alone."""
    app.verbose_name = capfirst(CHAPTERS)
    Chapter._meta.verbose_name, Chapter._meta.verbose_name_plural = CHAPTER, CHAPTERS
    for model in app.get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.related_model is Chapter:
                field.verbose_name = CHAPTERS if field.many_to_many else CHAPTER
