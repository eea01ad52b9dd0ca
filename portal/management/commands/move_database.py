"""From the database in use into another one, say from SQLite to PostgreSQL."""

import sys
from getpass import getpass

import environs
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from portal import progress
from portal.safekeeping import moving
from portal.safekeeping.restoring import CannotRestore


class Command(BaseCommand):
    help = (
        "Copy all rows into another, empty database, and prove by counts and checksums that they are the same. Stop "
        "the site first, so that nothing is written meanwhile; then set DATABASE_URL and start it again."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "to",
            metavar="DATABASE_URL",
            nargs="?",
            help="such as postgres://name:password@host:5432/portal; without it you are asked, or it is read from the "
            "input, so that no list of processes and no history of commands has the password",
        )

    def handle(self, to, **options):
        to = to or (getpass("DATABASE_URL: ") if sys.stdin.isatty() else sys.stdin.readline().strip())
        try:
            settings = environs.Env().dj_db_url("NO_SUCH_VARIABLE", to)
        except environs.EnvValidationError as problem:
            raise CommandError("Write the database as postgres://name:password@host:5432/database.") from problem
        try:
            with progress.Counter(self.stderr) as count_done:
                count, rows = moving.move(settings, count_done)
        except (CannotRestore, OperationalError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Moved, and the same: {count} tables, {rows:,} rows. Now set DATABASE_URL and start again.")
