"""The fields of the ground that exist in Chinese and in English."""

from modeltranslation.translator import TranslationOptions, register

from portal import models
from portal.versions import keep_history


class AsOfThenTranslation(TranslationOptions):
    fields = ("name_then", "title_then", "organization_then")


class LinkTranslation(TranslationOptions):
    fields = ("title",)


class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(models.City)
class CityTranslation(NameTranslation):
    pass


@register(models.Occasion)
class OccasionTranslation(TranslationOptions):
    fields = (
        "title",
        "theme",
        "summary",
        "body",
        "body_html",
        "place",
        "address",
        "directions",
        "standing_note",
        "price_note",
        "cover_alt",
    )


@register(models.OccasionLink)
class OccasionLinkTranslation(LinkTranslation):
    pass


@register(models.Organization)
class OrganizationTranslation(TranslationOptions):
    fields = ("name", "summary")


@register(models.OrganizationName)
class OrganizationNameTranslation(NameTranslation):
    pass


@register(models.PartnerLevel)
class PartnerLevelTranslation(NameTranslation):
    pass


@register(models.Partnership)
class PartnershipTranslation(TranslationOptions):
    fields = ("shown_as", "note")


@register(models.Person)
class PersonTranslation(TranslationOptions):
    fields = ("name", "title", "bio", "bio_html")


@register(models.PersonLink)
class PersonLinkTranslation(LinkTranslation):
    pass


@register(models.Source)
class SourceTranslation(TranslationOptions):
    fields = ("title", "publisher", "note")


@register(models.Figure)
class FigureTranslation(TranslationOptions):
    fields = ("label", "unit")


@register(models.Highlight)
class HighlightTranslation(TranslationOptions):
    fields = ("title", "body", "body_html")


@register(models.Award)
class AwardTranslation(TranslationOptions):
    fields = ("name", "summary")


@register(models.AwardRecipient)
class AwardRecipientTranslation(AsOfThenTranslation):
    pass


@register(models.Part)
class PartTranslation(TranslationOptions):
    fields = ("name_then", "title_then", "organization_then", "note")


@register(models.Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "body_html", "byline", "cover_alt")


@register(models.Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "body_html")


@register(models.Album)
class AlbumTranslation(TranslationOptions):
    fields = ("title", "summary", "credit")


@register(models.Photo)
class PhotoTranslation(TranslationOptions):
    fields = ("caption", "alt", "credit")


@register(models.Community)
class CommunityTranslation(TranslationOptions):
    fields = (
        "name",
        "tagline",
        "summary",
        "word_for_chapter",
        "word_for_chapters",
        "wechat_name",
        "footer_note",
    )


@register(models.PrivacyNotice)
class PrivacyNoticeTranslation(TranslationOptions):
    fields = ("title", "body", "body_html")


@register(models.Desk)
class DeskTranslation(TranslationOptions):
    fields = ("question",)


keep_history(
    models.Album,
    models.Article,
    models.Award,
    models.AwardRecipient,
    models.City,
    models.Community,
    models.Figure,
    models.Highlight,
    models.OccasionLink,
    models.Organization,
    models.OrganizationName,
    models.Page,
    models.Part,
    models.PartnerLevel,
    models.Partnership,
    models.Person,
    models.PersonLink,
    models.PersonName,
    models.Photo,
    models.PrivacyNotice,
    models.Source,
)
