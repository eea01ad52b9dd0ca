"""The daily chores by hand; the worker does them by itself."""

from django.core.management.base import BaseCommand
from django.utils import translation

from portal.tending import tend


class Command(BaseCommand):
    help = "Delete what was never confirmed, let offers lapse, send reminders, erase what is no longer needed."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, dry_run=False, **options):
        if dry_run:
            self.stdout.write("Nothing is changed; this would be done:")
        with translation.override("en"):  # as all that is said on a command line; mails have their own
            for sentence, count in tend(dry_run=dry_run):
                self.stdout.write(f"{count:6} {sentence}")
