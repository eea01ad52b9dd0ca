"""Fill the portal with the demo content."""

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from portal import search
from portal.demo.files import SAMPLES, DemoError, data_files
from portal.demo.loader import Loader
from portal.demo.samples import refresh_samples, remove_samples


class Command(BaseCommand):
    help = (
        "Load the demo content. What is there already is left as it is, so that doing it again changes nothing and "
        "overwrites nobody's work; what was deleted comes back."
    )

    def add_arguments(self, parser):
        samples = parser.add_mutually_exclusive_group()
        samples.add_argument(
            "--refresh-samples", action="store_true", help="Move the sample occasions, so that they are ahead again."
        )
        samples.add_argument("--no-samples", action="store_true", help="Remove all samples, and load none.")

    @no_translations
    def handle(self, *, no_samples, **options):
        loader = Loader()
        with transaction.atomic(), search.rebuilt_afterwards():
            self.load(loader, [path for path in data_files() if not (no_samples and path.name == SAMPLES)])
            if no_samples:
                self.tell_removal(*remove_samples())
            if options["refresh_samples"]:
                self.stdout.write(f"Moved {refresh_samples(loader.today)} sample occasions.")

    def load(self, loader, paths):
        try:
            for path in paths:
                loader.load(path)
        except DemoError as error:
            raise CommandError(error) from error
        kinds = [f"{model._meta.verbose_name_plural} {count}" for model, count in loader.made.items()]
        self.stdout.write(f"Made {loader.made.total()} rows{': ' if kinds else ''}{', '.join(kinds)}.")
        self.stdout.write(f"Left alone {loader.left_alone} entries that were there already.")

    def tell_removal(self, removed, kept):
        self.stdout.write(f"Removed {removed} samples.")
        for name in kept:
            self.stdout.write(f"Kept {name}: something that is no sample uses it.")
