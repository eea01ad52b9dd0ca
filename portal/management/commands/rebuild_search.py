"""Make the search index anew."""

from django.core.management.base import BaseCommand

from portal import search


class Command(BaseCommand):
    help = "Makes the search index anew. The index follows every save; run this after changes made past Django."

    def handle(self, *args, **options):
        self.stdout.write(f"The search index was made anew: {search.rebuild()} entries.")
