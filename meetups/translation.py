"""The fields of chapters and meetups that exist in Chinese and in English."""

from modeltranslation.translator import TranslationOptions, register

from meetups import models
from portal.translation import AsOfThenTranslation, LinkTranslation
from portal.versions import keep_history


@register(models.Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("name", "summary", "body", "body_html", "contact_note", "cover_alt")


@register(models.ChapterLink)
class ChapterLinkTranslation(LinkTranslation):
    pass


@register(models.Leadership)
class LeadershipTranslation(AsOfThenTranslation):
    pass


@register(models.Meetup)
class MeetupTranslation(TranslationOptions):
    fields = ("along_with_name",)


@register(models.AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(models.AgendaMaterial)
class AgendaMaterialTranslation(LinkTranslation):
    pass


keep_history(
    models.AgendaItem,
    models.AgendaMaterial,
    models.Chapter,
    models.ChapterLink,
    models.Leadership,
    models.Meetup,
)
