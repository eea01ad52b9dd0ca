"""Every page type in Firefox and in WebKit, as wide as a phone: nothing sticks out or complains."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import requests

from tests.browser import site as demo
from tests.browser.looking import STICKING_OUT
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

WIDTH, HEIGHT = 360, 740
PATIENCE = 30  # seconds

LOOK = f"""return {{
    width: innerWidth,
    "sticks out": ({STICKING_OUT})(),
    "no picture": [...document.images].filter((one) => one.complete && !one.naturalWidth).map((one) => one.src),
}}"""
# What Firefox has told of pages since it was asked last: scripts that failed, what a policy kept away.
TOLD = """const told = Services.console.getMessageArray()
    .filter((one) => one instanceof Ci.nsIScriptError && /^https?:/.test(one.sourceName))
    .filter((one) => !(one.flags & Ci.nsIScriptError.warningFlag) || /CSP|Content Security/.test(one.category))
    .map((one) => `${one.errorMessage} (${one.sourceName}:${one.lineNumber})`);
Services.console.reset();
return told;"""
# Firefox has no window as narrow as a phone, but what it shows of a page may be.
SMALL = f"Object.assign(gBrowser.selectedBrowser.style, {{ width: '{WIDTH}px', maxWidth: '{WIDTH}px', minWidth: 0 }})"
# MiniBrowser is as wide as its bar of tools, which nobody needs here.
NARROW = """toolbar, toolbar *, box button, entry { min-width: 0; padding: 0; margin: 0; border: 0; }
image { min-width: 1px; margin: 0 -5px; -gtk-icon-transform: scale(.5); }
entry { margin-left: -60px; }"""


def steps():
    with tempfile.TemporaryDirectory() as folder, demo.running(folder) as site:
        for engine in (Firefox, WebKit):
            with tempfile.TemporaryDirectory() as profile, engine(Path(profile)).running() as browser:
                for language in LANGUAGES:
                    yield f"{engine.__name__}, {language}", partial(look_at_all, browser, site, language)


def look_at_all(browser, site, language):
    found = []
    for page_type in PAGE_TYPES:
        browser.open(site.url + path_of(page_type, language))
        seen = browser.ask(LOOK)
        width = seen.pop("width")
        assert width == WIDTH, f"the window is {width} pixels wide"
        seen["complaint"] = browser.complaints()
        found += [f"{page_type}: {kind}: {what}" for kind, all_of_it in seen.items() for what in all_of_it]
    told_apart = browser.ask("return CSS.supports('hanging-punctuation: first')")
    assert told_apart == isinstance(browser, WebKit), "stylesheets know WebKit by its marks that hang (base.css)"
    assert not found, "\n".join(found)
    return {"pages": len(PAGE_TYPES)}


def program(name, package):
    path = shutil.which(name) or next(Path("/usr/lib").glob(f"*/webkit2gtk-*/{name}"), None)
    assert path, f"{name} is missing: as root on Debian, apt-get install {package}"
    return str(path)


@contextlib.contextmanager
def started(command, **environment):
    """Run a program with what it starts, for the length of a with statement."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def once_it_answers(ask, error):
    """Return what `ask` returns, once a program that has just been started lets it."""
    for _ in range(PATIENCE * 10):
        with contextlib.suppress(error):
            return ask()
        time.sleep(0.1)
    return ask()


class Firefox:
    """Driven by its own protocol, Marionette, so that it needs no program besides."""

    def __init__(self, folder):
        self.folder, self.port, self.asked = folder, demo.free_port(), 0

    @contextlib.contextmanager
    def running(self):
        (self.folder / "user.js").write_text(f'user_pref("marionette.port", {self.port});\n')
        command = [program("firefox-esr", "firefox-esr"), "--headless", "--marionette", "--profile", str(self.folder)]
        with started([*command, "--no-remote", "--remote-allow-system-access"], HOME=str(self.folder)):
            where = ("127.0.0.1", self.port)
            self.line = once_it_answers(partial(socket.create_connection, where, PATIENCE), ConnectionError)
            with self.line, self.line.makefile("rb") as self.answers:
                self._answer()
                self._do("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
                self._of_the_browser(SMALL)
                yield self

    def open(self, address):
        self._do("WebDriver:Navigate", url=address)

    def ask(self, script):
        return self._do("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def complaints(self):
        return self._of_the_browser(TOLD)

    def _of_the_browser(self, script):
        self._do("Marionette:SetContext", value="chrome")
        answer = self.ask(script)
        self._do("Marionette:SetContext", value="content")
        return answer

    def _do(self, command, **values):
        self.asked += 1
        message = json.dumps([0, self.asked, command, values]).encode()
        self.line.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._answer()
        assert not error, f"{command}: {error}"
        return result

    def _answer(self):
        length = b"".join(iter(partial(self.answers.read, 1), b":"))
        return json.loads(self.answers.read(int(length)))


class WebKit:
    """WebKitGTK, whose engine is that of every browser on an iPhone. It does not hand out what its console says."""

    def __init__(self, folder):
        self.folder, self.url = folder, f"http://127.0.0.1:{demo.free_port()}"

    @contextlib.contextmanager
    def running(self):
        (self.folder / "gtk-3.0").mkdir()
        (self.folder / "gtk-3.0" / "gtk.css").write_text(NARROW)
        driver = program("WebKitWebDriver", "webkit2gtk-driver")
        options = {"binary": program("MiniBrowser", "webkit2gtk-driver"), "args": ["--automation"]}
        command = [program("xvfb-run", "xvfb xauth"), "-a", driver, "-p", self.url.rsplit(":", 1)[1]]
        sandbox = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"} if os.geteuid() == 0 else {}
        with started(
            command, XDG_CONFIG_HOME=str(self.folder), GTK_THEME="Adwaita", LIBGL_ALWAYS_SOFTWARE="1", **sandbox
        ):
            wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
            new = once_it_answers(partial(self._do, "/session", wanted), requests.ConnectionError)
            self.url += f"/session/{new['sessionId']}"
            self._do("/window/rect", {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})
            yield self
            requests.delete(self.url, timeout=PATIENCE)

    def open(self, address):
        self._do("/url", {"url": address})

    def ask(self, script):
        return self._do("/execute/sync", {"script": script, "args": []})

    def complaints(self):
        return []

    def _do(self, path, body):
        answer = requests.post(self.url + path, json=body, timeout=PATIENCE)
        assert answer.ok, answer.text
        return answer.json()["value"]
