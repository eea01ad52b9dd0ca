"""The organizers' side of the ground."""

from . import accounts, albums, community, occasions, organizations, people, record, registrations, stories, webhooks

__all__ = [
    "accounts",
    "albums",
    "community",
    "occasions",
    "organizations",
    "people",
    "record",
    "registrations",
    "stories",
    "webhooks",
]
