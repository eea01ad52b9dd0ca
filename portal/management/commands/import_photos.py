"""Photos of a folder or a ZIP into an album, from the command line."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal import progress
from portal.images import BadImage
from portal.importing_photos import BadSource, photos_in
from portal.models import Album
from portal.photos import AlreadyThere, put_up


class Command(BaseCommand):
    help = "Put the photos of a folder or a ZIP into an album. Doing it again adds only what is missing."

    def add_arguments(self, parser):
        parser.add_argument("album", help="the album's slug")
        parser.add_argument("source", help="a folder, or a ZIP file")

    def handle(self, album, source, **options):
        row = Album.objects.filter(slug=album).first()
        if row is None:
            raise CommandError(f"There is no album with the address {album}.")
        show = progress.bar()
        counts = {"added": 0, "there already": 0, "refused": 0}
        try:
            with translation.override("en"), photos_in(source) as found:
                for number, one in enumerate(found, 1):
                    counts[self.put(row, one)] += 1
                    show(number, len(found))
        except (BadSource, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counts.items()))

    def put(self, album, one):
        try:
            with one.open() as file:
                put_up(album, file)
        except AlreadyThere:
            return "there already"
        except BadImage as refusal:
            self.stderr.write(f"{one.name}: {refusal}")
            return "refused"
        return "added"
