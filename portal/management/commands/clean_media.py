"""Delete files that no row names, and say which rows lack a file."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from portal.cleaning import missing, orphans


class Command(BaseCommand):
    help = "Find files without a row, and delete them with --delete; name rows without a file."

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="delete the files instead of only naming them")

    def handle(self, delete, **options):
        found = list(orphans())
        for name in found:
            self.stdout.write(name)
            if delete:
                default_storage.delete(name)
        self.stdout.write(f"{len(found)} files without a row{', deleted' if delete else ''}")
        lacking = list(missing())
        for photo, name in lacking:
            self.stderr.write(f"photo {photo.pk} lacks {name}")
        if lacking:
            raise CommandError(f"Missing files: {len(lacking)}. Look for them in a backup.")
