"""What the ways in a browser share: a phone with and without JavaScript, and a letterbox that real mail comes to."""

import pytest
from aiosmtpd.controller import Controller
from post_office.connections import connections

from tests.browser.looking import SIZES
from tests.browser.phones import Letterbox, Phone
from tests.browser.site import free_port
from tests.portal.photos.storing import folder

__all__ = ["folder", "letterbox", "phone"]


@pytest.fixture
def letterbox(settings):
    """A `Letterbox` behind a real SMTP server on the loopback, to which the portal sends."""
    letterbox, port = Letterbox(), free_port()
    server = Controller(letterbox, hostname="127.0.0.1", port=port)
    server.start()
    backends = {"default": "django.core.mail.backends.smtp.EmailBackend"}
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    connections.close()
    yield letterbox
    server.stop()


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def phone(request, browser):
    with browser.new_context(
        viewport=SIZES["phone"], java_script_enabled=request.param, reduced_motion="reduce"
    ) as context:
        yield Phone(context.new_page(), request.param)
