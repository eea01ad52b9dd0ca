"""A backup back into an empty database and an empty store."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal import progress
from portal.pagecache.forgetting import forget_pages
from portal.safekeeping import restoring


class Command(BaseCommand):
    help = (
        "Put a backup into an empty database and store, and prove by counts, checksums and hashes that all came out "
        "as it went in. All rows go in, or none."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, **options):
        try:
            with restoring.opened(file) as (tar, manifest), progress.Counter(self.stderr) as count_done:
                count, rows, files = restoring.put_back(tar, manifest, progress=count_done)
        except (restoring.CannotRestore, OSError) as problem:
            raise CommandError(str(problem)) from problem
        forget_pages()
        self.stdout.write(f"Restored, and the same as it was: {count} tables, {rows:,} rows, {files:,} files.")
