"""The tables that a state of the migrations makes, as plain values that can be compared."""

from dataclasses import dataclass
from functools import cache

from django.db.models import UniqueConstraint
from django.db.utils import ConnectionHandler

OURS = ("portal", "events", "meetups")


@dataclass(frozen=True)
class Column:
    """A column as PostgreSQL is told of it; `is_filled`: by the database, where an INSERT leaves it out."""

    type: str
    check: str
    null: bool
    is_filled: bool
    unique: bool
    has_index: bool
    refers_to: str

    @property
    def may_be_left_out(self):
        """Whether an INSERT of a version that does not know the column works."""
        return self.null or self.is_filled


@dataclass(frozen=True)
class Table:
    """Columns by their names; constraints and indexes by theirs, each constraint with the columns it looks at."""

    columns: dict
    constraints: dict
    indexes: frozenset


@cache
def postgresql():
    """Return a connection that knows PostgreSQL's types and is never opened."""
    return ConnectionHandler({"default": {"ENGINE": "django.db.backends.postgresql"}})["default"]


def tables_of(state):
    """Return the tables of our apps in a ProjectState, by name, those between many and many included."""
    models = (model for app in OURS for model in _models(state, app))
    return {model._meta.db_table: _table(model) for model in models if model._meta.managed and not model._meta.proxy}


def _models(state, app):
    if app not in state.apps.app_configs:
        return []
    return state.apps.get_app_config(app).get_models(include_auto_created=True)


def _table(model):
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    together = {
        f"unique_together of {', '.join(names)}": UniqueConstraint(fields=names, name="unnamed")
        for names in model._meta.unique_together
    }
    named = {constraint.name: constraint for constraint in model._meta.constraints}
    return Table(
        {field.column: _column(field) for field in fields.values()},
        {name: (constraint, _looked_at(constraint, fields)) for name, constraint in {**together, **named}.items()},
        frozenset(index.name for index in model._meta.indexes),
    )


def _column(field):
    told = field.db_parameters(postgresql())
    return Column(
        type=told["type"],
        check=told["check"] or "",
        null=field.null,
        is_filled=field.has_db_default() or field.generated,
        unique=field.unique,
        has_index=field.db_index,
        refers_to=field.remote_field.model._meta.db_table if field.remote_field and field.db_constraint else "",
    )


def _looked_at(constraint, fields):
    """Return the columns that decide about a constraint; None where that cannot be told."""
    if isinstance(constraint, UniqueConstraint):
        names = constraint.fields
    else:
        names = getattr(getattr(constraint, "condition", None), "referenced_base_fields", None)
    if not names or not set(names) <= fields.keys():
        return None
    return {fields[name].column for name in names}
