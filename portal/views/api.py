"""The page that tells people what programs may read here."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.api.catalogue import every
from portal.api.filters import schema_of
from portal.linked_data import absolute
from portal.meta import Meta
from portal.pagecache.marking import public_page


@public_page()
def page(request):
    context = {
        "meta": Meta(
            title=_("Data for programs"),
            description=_("Everything that is public, as JSON, calendars and feeds, to read freely."),
        ),
        "root": absolute(reverse("api-root")),
        "description": absolute(reverse("api-description")),
        "lists": [_shown(resource) for resource in every().values()],
    }
    return render(request, "portal/api.html", context)


def _shown(resource):
    filters = [(name, schema_of(one)) for name, one in resource.filters.base_filters.items()]
    return {
        "name": resource.name,
        "url": absolute(reverse(f"api-{resource.name}")),
        "told": resource.told,
        "fields": [field.name for field in resource.fields],
        "filters": [f"{name}: {' | '.join(schema['enum'])}" if "enum" in schema else name for name, schema in filters],
    }
