"""Every list that the API offers: those of the ground and of each wing."""

from portal import wings
from portal.api.ground import RESOURCES


def every():
    """Return a dict of name -> `portal.api.resources.Resource`, in the order of the names."""
    found = [*RESOURCES, *(resource for wing in wings.every() for resource in wing.api())]
    return {resource.name: resource for resource in sorted(found, key=lambda one: one.name)}
