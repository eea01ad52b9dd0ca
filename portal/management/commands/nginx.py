"""What nginx has to know to answer kept pages by itself; see `portal.pagecache.files` and docs/scale.md."""

import sys
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from portal.languages import CODES
from portal.pagecache.front import render
from portal.pagecache.stores import store


class Command(BaseCommand):
    help = (
        "Write the configuration with which nginx answers kept pages from PAGE_FILES. What a page is told beside its "
        "text stands in it: write it anew after an upgrade; until then the pages whose headers changed are asked of "
        "the portal."
    )

    def add_arguments(self, parser):
        site = urlsplit(settings.SITE_URL)
        upstream = f"{settings.HOST}:{settings.PORT}"
        parser.add_argument(
            "--listen", default=str(site.port or 80), help="where nginx listens: a port, or address:port"
        )
        parser.add_argument("--upstream", default=upstream, help="where the portal listens")

    def handle(self, listen, upstream, **options):
        if store() is None or store().files is None:
            raise CommandError(
                "Set PAGE_FILES to a folder that nginx may read, and keep pages in a folder (PAGE_CACHE)."
            )
        headers = [pair for pair in headers_of_a_page() if pair[0] != "Content-Language"]
        store().files.tell(headers)
        shown = [(name, value) for name, value in headers if name != "Content-Type"]
        context = {
            "listen": listen,
            "upstream": upstream,
            "host": urlsplit(settings.SITE_URL).hostname,
            "files": store().files.folder.resolve(),
            "static": settings.STATIC_ROOT,
            "content_type": dict(headers)["Content-Type"],
            "headers": [(name, value.replace("\\", "\\\\").replace('"', '\\"')) for name, value in shown],
            "languages": CODES,
        }
        self.stdout.write(render_to_string("nginx.conf", context))


def headers_of_a_page():
    """Return the headers of the home page as it is kept; raises CommandError where it cannot be."""
    site = urlsplit(settings.SITE_URL)
    with override(settings.LANGUAGE_CODE):
        path = reverse("home")
    environ = {
        "PATH_INFO": path,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    page = render(WSGIHandler(), environ, "")
    if page is None:
        raise CommandError("The home page cannot be kept: are ALLOWED_HOSTS and, for https, BEHIND_PROXY=1 set?")
    return page.headers
