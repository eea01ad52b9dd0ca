"""All that a meetup's page shows."""

from collections import defaultdict
from functools import cached_property

from django.urls import reverse

from meetups.labels import chapters_of, label
from meetups.models import AgendaItem, AgendaMaterial
from portal.dressing import dress, dressed
from portal.models import Occasion, Part
from portal.occasion_page import OccasionPage
from portal.recordings import dressed_materials
from portal.referring import may_refer

ON_POSTERS = (Part.Role.SPEAKER, Part.Role.GUEST, Part.Role.INTERVIEWEE)


class MeetupPage(OccasionPage):
    """The parts of any occasion, and a meetup's own; `chapters` are the public ones, as `Named`s."""

    def __init__(self, meetup, accent):
        self.chapters = chapters_of([meetup])[meetup.pk]
        super().__init__(dress(meetup, label(self.chapters), accent), accent)

    @cached_property
    def agenda(self):
        """The items in their order, each with `people`, those of its parts that are public, as `ReadAsOfThen`s,
        and with `shown_materials`, dressed.
        """
        items = list(self.occasion.agenda.all())
        on_stage, materials = self._on_stage(), self._materials_of(items)
        for item in items:
            item.people = [part for part in self.parts if (item.pk, part.pk) in on_stage]
            item.shown_materials = materials.get(item.pk, [])
        return items

    def _on_stage(self):
        """Return the set of (primary key of an item, of a part) of who is on the agenda."""
        if not any(may_refer(AgendaItem, parts=part) for part in self.parts):
            return set()
        ties = AgendaItem.parts.through.objects.filter(agendaitem__meetup=self.occasion)
        return set(ties.values_list("agendaitem", "part"))

    def _materials_of(self, items):
        """Return a dict of an item's primary key -> its materials, dressed."""
        of_items, found = defaultdict(list), [item for item in items if may_refer(AgendaMaterial, item=item)]
        if found:
            for material in dressed_materials(AgendaMaterial.objects.filter(item__in=found), self._page_of):
                of_items[material.item_id].append(material)
        return of_items

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
        if len(self.chapters) != 1:
            return None
        return {"title": self.chapters[0].name, "url": self.chapters[0].get_absolute_url()}
