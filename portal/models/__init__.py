"""The ground's tables: what conferences and meetups have in common."""

from portal.addresses import FormerSlug

from .accounts import AccountEvent
from .albums import Album, Photo
from .articles import Article
from .bin import Binned
from .community import Community
from .imports import ImportedRow
from .invitations import Invitation
from .link_checks import LinkCheck
from .merges import Merge
from .occasion import Occasion, OccasionLink
from .organizations import Organization, OrganizationName, PartnerLevel, Partnership
from .outdated import OutdatedText
from .pages import Page
from .people import Person, PersonLink, PersonName
from .places import City
from .record import Award, AwardRecipient, Figure, Highlight, Part, Source
from .registration import Desk, Registration, RegistrationConsent
from .search import SearchEntry
from .signups import PrivacyNotice, SignupAttempt
from .takedowns import Takedown
from .webhooks import Delivery, Webhook

__all__ = [
    "AccountEvent",
    "Album",
    "Article",
    "Award",
    "AwardRecipient",
    "Binned",
    "City",
    "Community",
    "Delivery",
    "Desk",
    "Figure",
    "FormerSlug",
    "Highlight",
    "ImportedRow",
    "Invitation",
    "LinkCheck",
    "Merge",
    "Occasion",
    "OccasionLink",
    "Organization",
    "OrganizationName",
    "OutdatedText",
    "Page",
    "Part",
    "PartnerLevel",
    "Partnership",
    "Person",
    "PersonLink",
    "PersonName",
    "Photo",
    "PrivacyNotice",
    "Registration",
    "RegistrationConsent",
    "SearchEntry",
    "SignupAttempt",
    "Source",
    "Takedown",
    "Webhook",
]
