"""Reads a programme from a file into a conference: a dry run, unless told to write."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from events.importing import import_programme
from events.imports.reading import read
from events.imports.rows import NotReadable
from events.models import Conference
from portal import progress
from portal.languages import CODES

SHOWN = 40  # lines of each part; with --verbosity 2 all of them


class Command(BaseCommand):
    help = (
        "Read a programme (schedule.xml, schedule.json, pretalx, COSCUP, Eventyay, CSV or XLSX) into a conference. "
        "Says what would change; with --write it changes it, all or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--conference", required=True, help="the conference's address, such as coscon-2023")
        parser.add_argument("--write", action="store_true", help="write it; without this nothing is changed")
        parser.add_argument(
            "--language",
            choices=CODES,
            default="",
            help="of texts that do not say theirs; told by the texts themselves if left out",
        )

    def handle(self, *, file, conference, write, language, verbosity, **options):
        row = Conference.objects.filter(slug=conference).first()
        if row is None:
            known = ", ".join(Conference.objects.order_by("-starts_at").values_list("slug", flat=True)[:10])
            raise CommandError(f"There is no conference {conference}. The latest are: {known or 'none yet'}.")
        with translation.override("en"):
            try:
                read_file = read(file.read_bytes())
                report = import_programme(row, read_file, language=language, write=write, progress=progress.bar())
            except (NotReadable, OSError) as error:
                raise CommandError(f"{file.name}: {error}") from error
            self._tell(report, verbosity)

    def _tell(self, report, verbosity):
        self.stdout.write(f"{report.source}, texts in {report.language}: {report.summary}")
        if report.made:
            self.stdout.write("  new besides: " + ", ".join(f"{count} {word}" for word, count in report.made.items()))
        for remark in report.remarks:
            self.stdout.write(f"  {remark}")
        for heading, lines in report.parts:
            if lines is report.new and verbosity < 2:
                continue
            self.stdout.write(f"{heading}: {len(lines)}")
            for line in lines if verbosity > 1 else lines[:SHOWN]:
                self.stdout.write("  " + " · ".join(filter(None, [line.where, line.title, line.told])))
            if verbosity < 2 and len(lines) > SHOWN:
                self.stdout.write(f"  … and {len(lines) - SHOWN} more (--verbosity 2)")
        self.stdout.write("Written." if report.is_written else "Nothing was written; --write does it.")
