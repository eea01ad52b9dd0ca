"""The organizers' side of the ground."""

from . import (
    accounts,
    albums,
    community,
    occasions,
    organizations,
    people,
    readonly,
    record,
    registrations,
    stories,
    webhooks,
)

readonly.use()

__all__ = [
    "accounts",
    "albums",
    "community",
    "occasions",
    "organizations",
    "people",
    "readonly",
    "record",
    "registrations",
    "stories",
    "webhooks",
]
