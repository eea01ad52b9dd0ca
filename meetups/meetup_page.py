"""All that a meetup's page shows."""

from functools import cached_property

from django.urls import reverse

from meetups.models import AgendaItem
from portal.dressing import dressed
from portal.models import Occasion, Part
from portal.occasion_page import OccasionPage
from portal.recordings import dressed_materials

ON_POSTERS = (Part.Role.SPEAKER, Part.Role.GUEST, Part.Role.INTERVIEWEE)


class MeetupPage(OccasionPage):
    """The parts of any occasion, and a meetup's own."""

    @cached_property
    def agenda(self):
        """The items in their order, each with `people`: those of its parts that are public, as `ReadAsOfThen`s."""
        items = list(self.occasion.agenda.prefetch_related("materials"))
        ties = AgendaItem.parts.through.objects.filter(agendaitem__meetup=self.occasion)
        on_stage = set(ties.values_list("agendaitem", "part"))
        for item in items:
            item.people = [part for part in self.parts if (item.pk, part.pk) in on_stage]
            dressed_materials(item.materials.all(), self._page_of)
        return items

    def _page_of(self, recording):
        return reverse("meetup-recording", args=[self.occasion.slug, recording.pk])

    @property
    def is_untimed(self):
        """Whether no item of the agenda has a time."""
        return not any(item.starts_at for item in self.agenda)

    @cached_property
    def people(self):
        """Those who took part, each once, with `roles_text` for all that they did."""
        first = {}
        for part in self.parts:
            whoever = first.setdefault(part.person or part.name, part)
            whoever.roles_text = " · ".join(filter(None, [getattr(whoever, "roles_text", ""), part.get_role_display()]))
        return list(first.values())

    @property
    def guests(self):
        """Those whom a poster names: who speaks or is a guest; where nobody is called that, who is on the agenda."""
        guests = [part for part in self.parts if part.role in ON_POSTERS]
        return guests or [part for item in self.agenda for part in item.people]

    @cached_property
    def along_with(self):
        """The occasion of ours that it goes along with, dressed, if that is public; else None."""
        if self.occasion.along_with_id is None:
            return None
        occasions = Occasion.objects.published().filter(pk=self.occasion.along_with_id).select_related("city")
        return next(iter(dressed(occasions, self.accent)), None)

    @property
    def eyebrow(self):
        """What stands above the title: the chapter, where it is one."""
        chapters = self.occasion.chapters.all()
        return {"title": chapters[0].name, "url": chapters[0].get_absolute_url()} if len(chapters) == 1 else None
