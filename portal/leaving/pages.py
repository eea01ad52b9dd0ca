"""The public site as files that need no server: every page that a visitor can reach, with what it loads.

The application is asked as a visitor would ask it, and the links between what is copied are made relative: so the copy
opens from a folder, a USB stick or any web host. What needs a server (forms, search) leads to a page that says so.
"""

import posixpath
import re
import shutil
from email.message import Message
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urljoin, urlsplit

import lxml.html
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string

from portal.files import digest
from portal.languages import CODES
from portal.pagecache.marking import is_public

OURS = [app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
NOT_HERE = "not-in-this-copy.html"
START = "index.html"
LOOKS = {"/theme.css", "/icon.svg", "/icon.png"}
LOADED = ("src", "data", "poster")
# A query that a page of a list has; other filters lead to the whole list.
PAGE = "page"
# What file systems take, in bytes; and what those of Windows, and many archives, do not take.
LONGEST_NAME = 200
REFUSED_IN_NAMES = re.compile(r'[<>:"|?*\\]')


def write(app, folder, progress=lambda done: None):
    """Copy everything within reach of the home page into an empty folder, by asking the WSGI application `app`.

    Returns (number of files, list of addresses that did not answer as they should). Raises OSError.
    """
    folder, failed = Path(folder), []
    waiting = [f"/{code}/" for code in CODES]
    seen = set(waiting)
    while waiting:
        address = waiting.pop()
        status, kind, body = ask(app, address)
        if status in {"301", "302"}:
            continue
        if status != "200":
            failed.append(address)
            continue
        if kind == "text/html":
            body, links = rewritten(body, address)
            new = links - seen
            seen |= new
            waiting += sorted(new)
        _write(folder / file_of(address), body)
        progress(address)
    _copy_static(folder)
    _write(folder / START, render_to_string("portal/leaving/start.html", {"first": settings.LANGUAGE_CODE}).encode())
    _write(folder / NOT_HERE, render_to_string("portal/leaving/not_here.html", {"site": settings.SITE_URL}).encode())
    return sum(path.is_file() for path in folder.rglob("*")), failed


def ask(app, address):
    """Return (status such as "200", content type, body) of the application's answer to a visitor."""
    path, _mark, query = address.partition("?")
    site = urlsplit(settings.SITE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_ACCEPT": "*/*",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
    }
    said = {}

    def start_response(status, headers, exc_info=None):
        said.update(status=status.split()[0], headers={name.lower(): value for name, value in headers})

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    kind = Message()
    kind["content-type"] = said["headers"].get("content-type", "application/octet-stream")
    return said["status"], kind.get_content_type(), body


def rewritten(body, address):
    """Return (the page with links to files, the set of addresses of ours that it needs or leads to)."""
    document = lxml.html.document_fromstring(body.decode())
    here, found = file_of(address), set()

    def leads_to(link):
        target, fragment = urldefrag(urljoin(settings.SITE_URL + address, link.strip()))
        if not target.startswith(settings.SITE_URL + "/"):
            return link
        ours = _kept_form(target.removeprefix(settings.SITE_URL))
        if ours is None:
            return _relative(NOT_HERE, here)
        found.add(ours)
        return _relative(file_of(ours), here) + (f"#{fragment}" if fragment else "")

    for element in document.iter(
        "a", "area", "link", "img", "source", "script", "video", "audio", "iframe", "object", "use"
    ):
        for name in ("href", *LOADED):
            if name in element.attrib and not element.attrib[name].startswith(("#", "data:", "mailto:", "tel:")):
                # What other sites and search engines are told stays the address of the site.
                if element.tag == "link" and element.attrib[name].startswith("http"):
                    continue
                element.attrib[name] = leads_to(element.attrib[name])
        if "srcset" in element.attrib:
            candidates = [one.split() for one in element.attrib["srcset"].split(",")]
            element.attrib["srcset"] = ", ".join(" ".join([leads_to(url), *size]) for url, *size in candidates)
    for form in document.iter("form"):
        form.attrib["action"], form.attrib["method"] = _relative(NOT_HERE, here), "get"
    return lxml.html.tostring(document, doctype="<!doctype html>", encoding="utf-8"), found


def _kept_form(address):
    """Return the address under which a copy holds what a link leads to, or None for what needs a server."""
    path, _mark, query = address.partition("?")
    if path.startswith(("/static/", "/media/", "/posters/")) or path in LOOKS:
        return address
    if not is_public(unquote(path), ()):
        return None
    page = dict(parse_qsl(query)).get(PAGE, "")
    return f"{path}?{PAGE}={page}" if re.fullmatch(r"[2-9]|[1-9]\d+", page) else path


def file_of(address):
    """Return the name of the file that holds an address: a page is the index of a folder."""
    path, _mark, query = address.partition("?")
    name = REFUSED_IN_NAMES.sub("-", unquote(path)).lstrip("/")
    if name.endswith("/") or not name:
        number = dict(parse_qsl(query)).get(PAGE)
        name += f"{PAGE}-{number}/{START}" if number else START
    folder, last = posixpath.split(name)
    if len(last.encode()) > LONGEST_NAME:  # the address of a drawn picture holds all that it shows
        last = digest(last) + posixpath.splitext(last)[1]
    return posixpath.join(folder, last)


def _relative(name, here):
    return quote(posixpath.relpath(name, posixpath.dirname(here)))


def _copy_static(folder):
    """Copy what scripts and styles load by themselves, which no page names."""
    for app in OURS:
        source = Path(settings.STATIC_ROOT) / app
        if source.is_dir():
            packed = shutil.ignore_patterns("*.gz", "*.br", "admin")
            shutil.copytree(source, folder / "static" / app, ignore=packed, dirs_exist_ok=True)


def _write(path, body):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
