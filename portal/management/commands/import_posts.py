"""Reads the posts of a former site into articles."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal.importing_posts import import_posts

SHOWN = 40  # lines of each part; with --verbosity 2 all of them


class Command(BaseCommand):
    help = (
        "Read Markdown posts with front matter (Jekyll, Hexo and the like) of a folder into articles, all or nothing. "
        "Importing the same folder again changes nothing; what people have edited since stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--publish", action="store_true", help="new articles are public; without this, drafts")
        parser.add_argument("--blog", default="", help="a name, where posts of several sites have the same file names")

    def handle(self, *, folder, dry_run, publish, blog, verbosity, **options):
        with translation.override(settings.LANGUAGES[-1][0]):
            try:
                report = import_posts(folder, blog=blog, write=not dry_run, publish=publish)
            except NotADirectoryError as problem:
                raise CommandError(f"There is no folder {folder}.") from problem
            except OSError as problem:
                raise CommandError(f"It could not all be read: {problem}") from problem
            self._tell(report, verbosity)

    def _tell(self, report, verbosity):
        self.stdout.write(report.summary)
        for remark in report.remarks:
            self.stdout.write(f"  {remark}")
        for heading, lines in [*report.parts, *([("The same", report.same)] if report.same else [])]:
            self.stdout.write(f"{heading}: {len(lines)}")
            for line in lines if verbosity > 1 else lines[:SHOWN]:
                self.stdout.write("  " + " · ".join(filter(None, [line.where, line.title, line.told])))
            if verbosity < 2 and len(lines) > SHOWN:
                self.stdout.write(f"  … and {len(lines) - SHOWN} more (--verbosity 2)")
        self.stdout.write("Written." if report.is_written else "Nothing was written; without --dry-run it is.")
