"""What the ways in a browser share: a phone with and without JavaScript, and a letterbox that real mail comes to."""

import re
import threading
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from post_office.connections import connections

from portal import outbox
from tests.browser.looking import SIZES, barriers, complaints_of, sticking_out
from tests.browser.site import free_port


class Letterbox:
    """An SMTP server on the loopback; `link()` waits for a mail and returns the link in it."""

    def __init__(self):
        self.mails, self.came = [], threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.came.set()
        return "250 OK"

    def link(self):
        outbox.send_due()
        assert self.came.wait(10)
        return re.search(r"http\S+/my/\S+/", self.mails[-1].get_content())[0]


@pytest.fixture
def letterbox(settings):
    letterbox, port = Letterbox(), free_port()
    server = Controller(letterbox, hostname="127.0.0.1", port=port)
    server.start()
    backends = {"default": "django.core.mail.backends.smtp.EmailBackend"}
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    connections.close()
    yield letterbox
    server.stop()


class Phone:
    """A page of 360 pixels, with or without JavaScript, and what it complains about."""

    def __init__(self, page, has_script):
        self.page, self.has_script, self.complaints = page, has_script, complaints_of(page)

    def is_sound(self):
        """Nothing complains or sticks out; axe, which complains a lot itself and so gets a tab, finds no barrier."""
        assert self.complaints == []
        if self.has_script:
            assert sticking_out(self.page) == []
            tab = self.page.context.new_page()
            tab.goto(self.page.url)
            assert barriers(tab) == []
            tab.close()
        return True


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def phone(request, browser):
    with browser.new_context(
        viewport=SIZES["phone"], java_script_enabled=request.param, reduced_motion="reduce"
    ) as context:
        yield Phone(context.new_page(), request.param)
