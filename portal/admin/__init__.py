"""The organizers' side of the ground."""

from . import accounts, community, occasions, organizations, people, record, stories

__all__ = ["accounts", "community", "occasions", "organizations", "people", "record", "stories"]
