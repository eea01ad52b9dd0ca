"""One file that holds everything, made while the site is in use."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal import progress
from portal.safekeeping import archive

PATTERN = "portal-*.tar"


class Command(BaseCommand):
    help = (
        "Write a backup of all rows and uploaded files into one file, while the site is in use. Into a folder it "
        "gets a name with the date, and --keep 14 deletes the oldest there beyond fourteen. It holds personal data."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", type=Path, help="a folder, or the name of a file that is not there yet")
        parser.add_argument("--keep", type=int, help="how many backups to leave in the folder")
        parser.add_argument("--without-media", action="store_true", help="list the files with their hashes only")

    def handle(self, target, keep, without_media, **options):
        try:
            if keep is not None and (keep < 1 or not target.is_dir()):
                raise CommandError("--keep wants a number above zero, and a folder as the target.")
            name = f"portal-{timezone.now():%Y%m%d-%H%M%S}.tar"
            path = (target / name if target.is_dir() else target).absolute()
            if path.exists():
                raise CommandError(f"{path} is there already.")
            with progress.Counter(self.stderr) as count_done:
                manifest = archive.write(path, not without_media, count_done)
        except (archive.CannotBackUp, OSError) as problem:
            raise CommandError(f"No backup was made: {problem}") from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{path}: {len(manifest['tables'])} tables, {rows:,} rows, {len(manifest['media']):,} files, "
            f"{path.stat().st_size / 2**20:,.1f} MB"
        )
        for missing in manifest["missing"]:
            self.stderr.write(f"A row names the file {missing}, which is not in the store.")
        if keep:
            for old in sorted(target.glob(PATTERN))[:-keep]:
                old.unlink()
                self.stdout.write(f"Deleted {old.name}")
