"""Everything between an installed portal and one that can be served, in one process."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.models import Occasion


class Command(BaseCommand):
    help = (
        "Migrate the database, load the demo content if it holds no conference and no meetup (unless "
        "PORTAL_DEMO is 0), collect the static files, and make the first organizer's account. Doing it "
        "again changes nothing."
    )

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        if settings.PORTAL_DEMO and not Occasion.objects.exists():
            call_command("load_demo")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        call_command("ensure_organizer")
