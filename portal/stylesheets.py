"""Static files as they are served: hashed, compressed, and the stylesheet's parts in one file.

During development the browser follows the `@import`s of `site.css`, one file a component. `collectstatic` writes the
imported files into it, so that a visitor loads one stylesheet and waits for no second round.
"""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "portal/css/site.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def inlined(css, read):
    """Return `css` with each `@import url("x") layer(y);` replaced by `@layer y { the text of x }`, without comments.

    `read` turns a path, relative to the stylesheet, into its text.
    """
    text = IMPORT.sub(lambda found: f"@layer {found['layer']} {{\n{read(found['path'])}}}", css)
    return COMMENT.sub("", text)


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which sees `site.css` with its parts inside."""

    # Scripts import each other by the names they are served under.
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if ENTRY in paths and not dry_run:
            source, _path = paths[ENTRY]
            folder = ENTRY.rpartition("/")[0]
            css = inlined(self._text(source, ENTRY), lambda path: self._text(source, f"{folder}/{path}"))
            self.delete(ENTRY)
            self.save(ENTRY, ContentFile(css.encode()))
            paths = {**paths, ENTRY: (self, ENTRY)}
        yield from super().post_process(paths, dry_run, **options)

    @staticmethod
    def _text(storage, path):
        with storage.open(path) as file:
            return file.read().decode()
