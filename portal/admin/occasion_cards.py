"""The cards on the form of a conference or a meetup: links, figures, parts, partnerships, the desk."""

from django.core.exceptions import ValidationError

from portal import registering
from portal.admin.forms import InEitherLanguage
from portal.admin.inlines import TextCards
from portal.locking import locked
from portal.models import Desk, Figure, OccasionLink, Part, Partnership


class LinkCards(TextCards):
    model = OccasionLink
    fields = ["kind", "url", "title", "position"]


class FigureCards(TextCards):
    model = Figure
    fields = ["measure", "precision", "value", "unit", "label", "source", "is_featured", "position"]
    autocomplete_fields = ["source"]
    folded = True


class PartCards(TextCards):
    model = Part
    fields = [
        "role",
        "person",
        "organization",
        "name_then",
        "title_then",
        "organization_then",
        "note",
        "url",
        "position",
    ]
    autocomplete_fields = ["person", "organization"]
    folded = True


class PartnershipCards(TextCards):
    model = Partnership
    fields = ["level", "organization", "shown_as", "note", "position"]
    autocomplete_fields = ["organization"]
    folded = True


class DeskForm(InEitherLanguage):
    """Seats are changed by their verb, which offers new ones to the line; fewer than are held are refused."""

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if not self.instance._state.adding:
            with locked(self.instance) as desk:
                if capacity is not None and capacity < desk.taken:
                    raise ValidationError(registering.too_few_seats(desk))
        return capacity

    def save(self, commit=True):
        desk = super().save(commit)
        if commit:
            registering.set_capacity(desk, desk.capacity)
        return desk


class DeskCards(TextCards):
    """The registration desk: at most one."""

    model = Desk
    form = DeskForm
    max_num = 1
    fields = [
        "opens_at",
        "closes_at",
        "capacity",
        "acceptance",
        "offer_hours",
        "companions",
        "asks_organization",
        "asks_phone",
        "asks_question",
        "question",
        "retention_days",
    ]
