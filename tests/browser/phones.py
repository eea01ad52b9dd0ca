"""What a way through the portal on a phone needs: the phone, which notices what is wrong, and the mail that comes."""

import re
import threading
from email import message_from_bytes, policy

from portal import outbox
from tests.browser.looking import barriers, complaints_of, covering, sticking_out


class Letterbox:
    """An SMTP server's handler; `link()` has the outbox sent, waits for a mail and returns the link in the last one."""

    def __init__(self):
        self.mails, self.came = [], threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.came.set()
        return "250 OK"

    def link(self, to=""):
        """Return the link in the last mail, or in the last one to an address."""
        outbox.send_due()
        assert self.came.wait(10)
        mails = [mail for mail in self.mails if to in mail["To"]]
        return re.search(r"http\S+/my/\S+/", mails[-1].get_content())[0]


class Phone:
    """A page of 360 pixels, with or without JavaScript, and what it complains about."""

    def __init__(self, page, has_script):
        self.page, self.has_script, self.complaints = page, has_script, complaints_of(page)

    def is_sound(self):
        """Nothing complains, sticks out or lies over all else; axe finds no barrier.

        It complains a lot itself, and so gets a tab of its own.
        """
        assert self.complaints == [], self.complaints
        if self.has_script:
            wide = sticking_out(self.page)
            assert wide == [], wide
            assert covering(self.page) == []
            tab = self.page.context.new_page()
            tab.goto(self.page.url)
            found = barriers(tab)
            assert found == [], found
            tab.close()
        return True
