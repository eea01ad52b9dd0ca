"""The fields of conferences that exist in Chinese and in English."""

from modeltranslation.translator import TranslationOptions, register

from events import models
from portal.translation import AsOfThenTranslation, LinkTranslation, NameTranslation
from portal.versions import keep_history


@register(models.Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name", "full_name", "summary", "body", "body_html")


@register(models.Organizing)
class OrganizingTranslation(AsOfThenTranslation):
    pass


@register(models.Conference)
class ConferenceTranslation(TranslationOptions):
    fields = ("full_name", "format_note")


@register(models.Venue)
class VenueTranslation(TranslationOptions):
    fields = ("name", "address", "body", "body_html", "standing_note")


@register(models.Room)
class RoomTranslation(NameTranslation):
    pass


@register(models.Forum)
class ForumTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "body_html")


@register(models.Production)
class ProductionTranslation(AsOfThenTranslation):
    pass


@register(models.Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "abstract", "abstract_html")


@register(models.Speaking)
class SpeakingTranslation(AsOfThenTranslation):
    pass


@register(models.SessionMaterial)
class SessionMaterialTranslation(LinkTranslation):
    pass


@register(models.Release)
class ReleaseTranslation(TranslationOptions):
    fields = ("note",)


@register(models.ReleasedPlace)
class ReleasedPlaceTranslation(TranslationOptions):
    fields = ("title", "room_name")


@register(models.Booth)
class BoothTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(models.BoothCall)
class BoothCallTranslation(TranslationOptions):
    fields = ("title", "body", "body_html")


@register(models.ProposalCall)
class ProposalCallTranslation(TranslationOptions):
    fields = ("title", "body", "body_html")


@register(models.PublicCredit)
class PublicCreditTranslation(TranslationOptions):
    fields = ("name", "role")


@register(models.VolunteerCall)
class VolunteerCallTranslation(TranslationOptions):
    fields = ("title", "body", "body_html")


@register(models.Team)
class TeamTranslation(NameTranslation):
    pass


@register(models.Coordination)
class CoordinationTranslation(AsOfThenTranslation):
    pass


@register(models.Role)
class RoleTranslation(TranslationOptions):
    fields = ("name", "summary", "place")


@register(models.Presence)
class PresenceTranslation(TranslationOptions):
    """Nothing to translate; the admin's forms ask."""


@register(models.Shift)
class ShiftTranslation(TranslationOptions):
    fields = ("place",)


@register(models.Certificate)
class CertificateTranslation(TranslationOptions):
    fields = ("role", "issuer")


keep_history(
    models.Booth,
    models.BoothCall,
    models.Conference,
    models.Coordination,
    models.Forum,
    models.Organizing,
    models.Presence,
    models.Production,
    models.ProposalCall,
    models.PublicCredit,
    models.Role,
    models.Room,
    models.Series,
    models.Session,
    models.SessionMaterial,
    models.Shift,
    models.Speaking,
    models.Team,
    models.Venue,
    models.VolunteerCall,
)
