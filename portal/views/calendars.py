"""The calendar of the whole community, to subscribe to."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.calendar_answers import answer
from portal.context import community_of
from portal.linked_data import absolute
from portal.models import Occasion
from portal.pagecache.marking import public_page

KEPT = timedelta(days=400)


@public_page(caching=None)
def calendar(request):
    """All that is ahead, and the past year with it, so that a calendar keeps what one went to."""
    occasions = Occasion.objects.published().filter(over_at__gt=timezone.now() - KEPT).select_related("city")
    community = community_of(request)
    return answer(request, occasions, name=community.name, url=absolute(reverse("home")))
