"""The verb of an import: what a file says, into a conference. First a plan, which writes nothing; then all or nothing.

    report = import_programme(conference, read(content))              # a dry run
    report = import_programme(conference, read(content), write=True)

`plan` compares what is said with what is there, `texts` settles languages,
`finding` tells which row is meant, `report` is what people read of it.
"""

from events.importing.programme import import_programme
from portal.import_report import Report

__all__ = ["Report", "import_programme"]
