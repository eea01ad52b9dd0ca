"""Look at the links that are due: weekly, politely. For cron, or by hand."""

from django.core.management.base import BaseCommand

from portal.link_checks import check, due, forget_unused


class Command(BaseCommand):
    help = "Ask for every link that pages show and that was not looked at for a week, and note which are dead."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=500, help="the most addresses to look at (500)")

    def handle(self, most, **options):
        forget_unused()
        looked = failing = 0
        for row in check(due()[:most]):
            looked += 1
            if row.finding:
                failing += 1
                self.stdout.write(f"{row.url}: {row.finding}")
        self.stdout.write(f"{looked} links looked at, {failing} failing")
