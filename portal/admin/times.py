"""Times typed and shown by the clock of the event, whatever the server's or the organizer's own."""

from zoneinfo import ZoneInfo

from django.contrib.admin.utils import unquote
from django.utils import timezone

from portal.models.places import KNOWN_TIME_ZONES


class LocalTimes:
    """For admins whose form has times of an event.

    `zone_of(row)` names the zone of a row, `new_zone(request)` that of one to be made.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id)) if object_id else None
        zone = self.zone_of(row) if row else self.new_zone(request)
        typed = request.POST.get("time_zone")
        with timezone.override(ZoneInfo(typed if typed in KNOWN_TIME_ZONES else zone)):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

    def zone_of(self, row):
        return row.time_zone

    def new_zone(self, request):
        return timezone.get_default_timezone_name()

    def render_change_form(self, request, context, *args, **kwargs):
        context["clock"] = timezone.get_current_timezone_name()
        return super().render_change_form(request, context, *args, **kwargs)


class TimesOfOccasion(LocalTimes):
    """For admins of rows that belong to an occasion: its clock is theirs."""

    def zone_of(self, row):
        return getattr(row, row.PARENT).time_zone

    def new_zone(self, request):
        occasion = self.chosen_parent(request)
        return occasion.time_zone if occasion else super().new_zone(request)
