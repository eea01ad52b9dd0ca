"""Everything the community made, to take elsewhere."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import progress
from portal.leaving import content, pages
from portal.wsgi import application


class Command(BaseCommand):
    help = (
        "Write all content into an empty folder: content/ holds documented JSON and Markdown with the files, site/ a "
        "copy of the public pages that needs no server. What people signed up with stays behind."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--only", choices=["content", "site"], help="one of the two")

    def handle(self, folder, only, **options):
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise CommandError(f"{folder} is not an empty folder.")
            with progress.Counter(self.stderr) as count_done:
                if only != "site":
                    counts = content.write(folder / "content", count_done)
                    self.stdout.write(f"content/: {sum(counts.values()):,} rows of {len(counts)} kinds")
                if only != "content":
                    files, failed = pages.write(application, folder / "site", count_done)
                    self.stdout.write(f"site/: {files:,} files; open site/index.html")
                    for address in failed:
                        self.stderr.write(f"{settings.SITE_URL}{address} could not be copied.")
        except OSError as problem:
            raise CommandError(f"It could not all be written: {problem}") from problem
