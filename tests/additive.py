"""What the version before could not live with, in a migration.

While a release migrates, the one before still serves: it goes on writing the rows it knows, to the tables it knows,
and waits for whoever holds them. So nothing that it knows may go or get narrower, what it does not know must be
filled without it, and nothing may hold a table for long. Columns that came after LAST_RELEASE are known to nobody
who serves, and free to change; what they need in the end is asked of each migration all the same.
"""

from dataclasses import dataclass
from itertools import chain

from django.db.migrations import RenameIndex, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.models import UniqueConstraint

from portal.indexing import AddIndexBesideWriters
from tests.tables_of import OURS, tables_of

# The newest migrations of the last release, or, as long as there was none, of what the first one starts from: put
# here what is newest when a release is tagged. Everything after it is judged.
LAST_RELEASE = {"portal": "0019_quicker_lists", "events": "0010_availability", "meetups": "0004_planning"}

# Refused, and all the same right: why, by migration. `{("portal", "0031_drop_nickname"): "unused since 1.4"}`
LOOKED_AT = {}

WIDER = {"varchar", "text"}


def refused(last_release):
    """Return what is wrong with the migrations after a release, as sentences by (app, name)."""
    loader = MigrationLoader(None)
    released = _in_order(loader, last_release.items())
    leaves = chain.from_iterable(loader.graph.leaf_nodes(app) for app in OURS)
    later = [key for key in _in_order(loader, leaves) if key not in set(released)]
    if not later:
        return {}
    return judged(loader.project_state(list(last_release.items())), [loader.graph.nodes[key] for key in later])


def _in_order(loader, keys):
    return list(dict.fromkeys(chain.from_iterable(loader.graph.forwards_plan(key) for key in keys)))


def judged(state, migrations):
    """Return the sentences about each of these migrations, which follow on a state that the version before knows."""
    known = {name: set(table.columns) for name, table in tables_of(state).items()}
    found = {}
    for migration in migrations:
        judge = Judge(known, migration)
        if migration.app_label in OURS:
            for operation in migration.operations:
                state = judge.look(operation, state)
        else:
            state = migration.mutate_state(state, preserve=True)
        if judge.sentences:
            found[migration.app_label, migration.name] = judge.sentences
    return found


class Judge:
    """Goes through a migration; `sentences` say what the version before, which knows `known`, could not live with."""

    def __init__(self, known, migration):
        self.known, self.migration, self.sentences = known, migration, []

    def look(self, operation, state):
        """Note what is wrong with an operation on a state; return the state after it."""
        after = state.clone()
        operation.state_forwards(self.migration.app_label, after)
        if not operation.reversible:
            self.note(f"{type(operation).__name__} cannot be undone: give it a way back")
        if isinstance(operation, SeparateDatabaseAndState):
            between = state
            for part in operation.database_operations:
                between = self.look(part, between)
            self.forgotten(tables_of(state), tables_of(after))
        elif isinstance(operation, RunSQL):
            self.note("nobody can read from SQL what it does: say in LOOKED_AT why it is right")
        elif isinstance(operation, RunPython):
            self.filling()
        else:
            self.changed(tables_of(state), tables_of(after), operation)
        return after

    def note(self, sentence):
        self.sentences.append(sentence)

    def filling(self):
        alone = all(isinstance(operation, RunPython) for operation in self.migration.operations)
        if self.migration.atomic or not alone:
            self.note("RunPython holds every row it touches: alone in a migration with atomic = False, in small steps")

    def forgotten(self, before, after):
        """Columns that stay in the database while the models forget them: the next INSERT leaves them out."""
        for name, table in after.items():
            for column in (before[name].columns.keys() if name in before else set()) - table.columns.keys():
                if not before[name].columns[column].may_be_left_out:
                    self.note(f"{name}.{column} stays and nobody fills it: first give it db_default, or let it be null")

    def changed(self, before, after, operation):
        for name in before:
            if name not in after and name in self.known:
                self.note(f"{name} is dropped or renamed while the version before uses it")
        for name in before.keys() & after.keys() & self.known.keys():
            change = Change(name, before[name], after[name], self.known[name])
            self.sentences += [*change.of_columns(), *change.of_constraints()]
            if not isinstance(operation, (AddIndexBesideWriters, RenameIndex)):
                self.sentences += change.of_indexes()


@dataclass(frozen=True)
class Change:
    """What an operation makes of a table, of which the version before knows some columns; yields sentences."""

    name: str
    before: object
    after: object
    known: set

    def of_columns(self):
        for column in sorted(self.known & (self.before.columns.keys() - self.after.columns.keys())):
            yield f"{self.name}.{column} is dropped or renamed while the version before uses it"
        for column, now in self.after.columns.items():
            if self.before.columns.get(column) == now:
                continue
            if column not in self.known:
                yield from self.of_a_new_column(f"{self.name}.{column}", now)
            else:
                yield from self.of_a_known_column(f"{self.name}.{column}", self.before.columns[column], now)

    def of_a_new_column(self, name, now):
        if not now.may_be_left_out:
            yield f"{name}: the version before cannot fill it: give it db_default, or let it be null"
        elif now.unique and now.is_filled:
            yield f"{name}: the second row that the version before writes is refused: unique wants null"

    def of_a_known_column(self, name, once, now):
        if once.type != now.type and not is_wider(once.type, now.type):
            yield f"{name} becomes {now.type}, where the version before writes {once.type}: add a column beside it"
        if now.check and now.check != once.check:
            yield f"{name} refuses values that the version before may write: {now.check}"
        if now.refers_to and now.refers_to != once.refers_to:
            yield f"{name} must point to {now.refers_to} now, which the version before does not see to"
        if once.null and not now.null:
            yield f"{name} may be empty in the version before"
        if once.is_filled and not now.may_be_left_out:
            yield f"{name} loses the default of the database that the version before relies on"
        if now.unique and not once.unique:
            yield f"{name} becomes unique, which the version before does not see to"

    def of_constraints(self):
        for name, (constraint, columns) in self.after.constraints.items():
            known_before = self.before.constraints.get(name)
            if known_before and known_before[0] == constraint:
                continue
            if not self.leaves_in_peace(constraint, columns):
                yield f"{self.name}: the version before may write what {name} refuses"

    def leaves_in_peace(self, constraint, columns):
        """Whether rows in which every new column is left out always pass."""
        if columns is None:
            return False
        new = [self.after.columns[column] for column in columns - self.known]
        if isinstance(constraint, UniqueConstraint):  # a NULL is equal to nothing, unless told so
            return constraint.nulls_distinct is not False and any(not column.is_filled for column in new)
        return len(new) == len(columns)

    def of_indexes(self):
        with_index = {name for name, column in self.before.columns.items() if column.has_index}
        made = {name for name, column in self.after.columns.items() if column.has_index} & self.known - with_index
        for name in sorted((self.after.indexes - self.before.indexes) | made):
            yield f"{self.name}: writers wait for the index {name}: make it by AddIndexBesideWriters"


def is_wider(once, now):
    """Whether a type takes all that another took, without the table being written anew: text that may be longer."""
    kinds = [type.partition("(") for type in (once, now)]
    if {kind for kind, _, _ in kinds} - WIDER:
        return False
    lengths = [int(rest.rstrip(")")) if rest else float("inf") for _, _, rest in kinds]
    return lengths[0] <= lengths[1]
