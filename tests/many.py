"""Many rows from a few: every curated row copied by the database itself, with what belongs to it. SQLite only."""

from django.apps import apps
from django.db import connection, models
from django.db.models import UniqueConstraint

from events.models import Conference
from meetups.models import Chapter, Meetup
from portal.models import Community, Occasion, PartnerLevel
from portal.publishing import Curated

APART = 10_000_000  # between the keys of one copy and the next
ONE_ONLY = {Community}
# What others belong to: kept as it is where its belongings shall grow.
HOLDERS = {Occasion, Conference, Meetup, Chapter}
# Promised by the community, not by a conference: more conferences do not bring more.
OF_THE_COMMUNITY = {PartnerLevel}
KINDS = {"wing"}  # says which kind of row it is, and is the same in every copy


def multiply(times, *, beside=True):
    """Make as many of everything, `times` counting what is there.

    `beside` copies conferences and chapters too, each with all that belongs to it; else
    what belongs to them grows.
    """
    copied = [model for model in apps.get_models() if issubclass(model, Curated) and model not in ONE_ONLY]
    if beside:
        copied = [model for model in copied if model not in OF_THE_COMMUNITY]
    else:
        copied = [model for model in copied if model not in HOLDERS]
        copied = [model for model in copied if not _is_held_alone(model, copied)]
    tables = copied + [
        through
        for model in copied
        for through in (field.remote_field.through for field in model._meta.local_many_to_many)
        if through._meta.auto_created
    ]
    made = 1 + max(model.objects.aggregate(last=models.Max("pk"))["last"] or 0 for model in copied) // APART
    with connection.cursor() as cursor:
        for model in tables:
            columns = {field.column: _copied(field, set(copied), model) for field in model._meta.local_concrete_fields}
            names = ", ".join(f'"{column}"' for column in columns)
            table, key = model._meta.db_table, model._meta.pk.column
            for number in range(made, made + times - 1):
                values = ", ".join(columns.values()).replace("{n}", str(number))
                cursor.execute(
                    f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE "{key}" < {APART}'
                )


def _is_held_alone(model, copied):
    """Whether a row is the only one of its holder, as a registration desk is."""
    alone = (field for field in model._meta.fields if field.one_to_one and not field.null)
    return any(field.related_model not in copied for field in alone)


def _copied(field, copied, model):
    """Return the SQL of a column's value in copy number {n}."""
    column = f'"{field.column}"'
    if field.is_relation:
        if field.related_model in copied or field.primary_key:
            return f"{column} + {{n}} * {APART}"
        return "NULL" if field.unique and field.null else column
    if field.primary_key:
        return f"{column} + {{n}} * {APART}"
    if isinstance(field, models.UUIDField):
        return f"printf('%08x', {{n}}) || substr({column}, 9)"
    if isinstance(field, models.CharField) and (field.unique or _is_in_a_constraint(field, model)):
        return f"CASE WHEN {column} IN ('', 'other') THEN {column} ELSE {column} || '-' || {{n}} END"
    return column


def _is_in_a_constraint(field, model):
    """Whether the field tells rows apart, and may be any text."""
    unique = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return not (field.choices or field.name in KINDS) and any(field.name in one.fields for one in unique)
