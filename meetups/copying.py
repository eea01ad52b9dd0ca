"""What one meetup hands on to the next: its columns, its desk's settings, and from a template its programme."""

from meetups.models import Meetup
from portal.models import Desk
from portal.scope import texts_of

# What the next meetup has in common with the last; guests, agenda and text are its own.
KEPT = (
    "title",
    "precision",
    "time_zone",
    "mode",
    "city",
    "place",
    "address",
    "latitude",
    "longitude",
    "directions",
    "admission",
    "price_note",
)
# What a template says once for all.
TEXTS = ("theme", "summary", "body")
NOT_COPIED = ("id", "created_at", "updated_at")
NOT_OF_A_DESK = ("occasion", "created_at", "updated_at", *Desk.KEPT_UNDER_LOCK)


def draft_like(meetup):
    """Return an unsaved draft with the columns of KEPT, of both languages."""
    return Meetup(**{name: getattr(meetup, name) for name in _columns_of(Meetup, KEPT)})


def desk_like(desk, of, meetup, later):
    """Return an unsaved desk for `meetup` like that `of` another, which opens and closes so much later."""
    settings = {name: getattr(desk, name) for name in columns(Desk) if name not in NOT_OF_A_DESK}
    for name in ("opens_at", "closes_at"):
        settings[name] = shifted(of, settings[name], later)
    return Desk(occasion=meetup, **settings)


def copy_programme(template, meetup, later):
    """Write the texts, the agenda and the partners of a template to a saved meetup; people are asked anew each time."""
    for name in _columns_of(Meetup, TEXTS):
        setattr(meetup, name, getattr(template, name))
    meetup.save()
    for item in template.agenda.all():
        again = _copy(item, meetup=meetup)
        again.starts_at, again.ends_at = (shifted(template, moment, later) for moment in (item.starts_at, item.ends_at))
        again.save()
    for partnership in template.partnerships.all():
        _copy(partnership, occasion=meetup).save()


def shifted(meetup, moment, later):
    """Return the moment later by the meetup's own clock, whatever summer time does in between; None stays None."""
    return moment and (moment.astimezone(meetup.tzinfo) + later)


def columns(model):
    """Return the names of the columns; a translated field counts by its languages."""
    return [field.name for field in model._meta.fields if field.name not in texts_of(model)]


def _columns_of(model, fields):
    return [name for name in columns(model) if _without_language(model, name) in fields]


def _without_language(model, name):
    field = model._meta.get_field(name)
    return getattr(field, "translated_field", field).name


def _copy(row, **owner):
    kept = {name: getattr(row, name) for name in columns(type(row)) if name not in (*NOT_COPIED, *owner)}
    return type(row)(**kept, **owner)
