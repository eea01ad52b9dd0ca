"""No mail is lost and none but one is sent twice, whenever the worker is killed."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from post_office.models import STATUS, Email

from portal import mail, outbox
from tests.browser.site import ROOT, free_port
from tests.organizers import an_administrator, an_editor, signed_in

MAILS = 6


def queue(number):
    return mail.mail.send(f"v{number}@example.org", sender="us@example.org", subject=f"Mail {number}", message="Hello")


@pytest.mark.django_db
def test_pauses_grow_with_each_attempt_and_end(settings, monkeypatch):
    sent = queue(1)
    monkeypatch.setattr(Email, "dispatch", lambda *args, **kwargs: (_ for _ in ()).throw(OSError("no route")))
    pauses = []
    for _attempt in range(9):
        now = timezone.now()
        Email.objects.update(scheduled_time=None)
        assert outbox.send_due() == 0
        sent.refresh_from_db()
        pauses.append(round((sent.scheduled_time - now) / timedelta(minutes=1)))

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert (sent.status, sent.logs.count()) == (STATUS.failed, 9)


@pytest.mark.django_db
@pytest.mark.parametrize("tried_before", [True, False])
def test_two_workers_do_not_send_the_same_mail(tried_before):
    queue(1)
    if tried_before:
        Email.objects.update(scheduled_time=timezone.now(), status=STATUS.requeued, number_of_retries=1)
    one, other = outbox.due(timezone.now()).first(), outbox.due(timezone.now()).first()

    assert [outbox.claim(one), outbox.claim(other)] == [True, False]


@pytest.mark.django_db
def test_only_what_is_due_is_sent_and_each_once(mailoutbox):
    now_due, later, *done = (queue(number) for number in range(4))
    Email.objects.filter(pk=later.pk).update(scheduled_time=timezone.now() + timedelta(minutes=1))
    for mail_, status in zip(done, (STATUS.sent, STATUS.failed), strict=True):
        Email.objects.filter(pk=mail_.pk).update(status=status)

    assert [outbox.send_due(), outbox.send_due()] == [1, 0]

    assert [sent.to for sent in mailoutbox] == [now_due.to]
    states = [Email.objects.get(pk=one.pk).status for one in (now_due, later, *done)]
    assert states == [STATUS.sent, STATUS.queued, STATUS.sent, STATUS.failed]


@pytest.mark.django_db
def test_a_mail_that_cannot_be_sent_waits_for_its_next_attempt_and_the_others_go_out(monkeypatch, mailoutbox):
    broken, sound = queue(1), queue(2)
    dispatch = Email.dispatch

    def refused_for_one(mail_, **how):
        if mail_.pk == broken.pk:
            raise OSError("no route")
        return dispatch(mail_, **how)

    monkeypatch.setattr(Email, "dispatch", refused_for_one)

    assert outbox.send_due() == 1

    broken.refresh_from_db(), sound.refresh_from_db()
    assert (broken.status, sound.status) == (STATUS.requeued, STATUS.sent)
    assert broken.scheduled_time > timezone.now()
    assert [(log.message, log.exception_type) for log in broken.logs.all()] == [("no route", "OSError")]


class Post:
    """An SMTP server that counts what it takes in, and kills the worker at the step it is told."""

    def __init__(self, kill_at):
        self.kill_at, self.worker, self.taken = kill_at, None, Counter()
        self.full = threading.Event()

    async def handle_DATA(self, server, session, envelope):
        if self.kill_at == "before" and not self.taken:
            self._kill()
            return "451 try again"
        self.taken[envelope.rcpt_tos[0]] += 1
        if self.kill_at == "after" and sum(self.taken.values()) == 3:
            self._kill()
        if len(self.taken) == MAILS:
            self.full.set()
        return "250 OK"

    def _kill(self):
        self.kill_at = None
        os.kill(self.worker.pid, signal.SIGKILL)
        self.worker.wait(10)


LOAD = "import django; django.setup()"
FILL = f"""
from post_office import mail
for number in range({MAILS}):
    mail.send(f"v{{number}}@example.org", sender="us@example.org", subject="x", message="y")
"""
WORK = "from portal import outbox; outbox.send_due()"
# The claim of the mail at hand has run out, and another worker goes on.
FREE = "from post_office.models import Email; Email.objects.update(scheduled_time=None)"


@pytest.mark.parametrize("kill_at", ["before", "after"])
def test_a_worker_killed_around_a_mail_loses_none_and_sends_at_most_one_twice(sqlite_url, kill_at, tmp_path):
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": sqlite_url,
        "PORTAL_VAR": str(tmp_path),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    }

    def work(*steps):
        return subprocess.Popen([sys.executable, "-c", "\n".join([LOAD, *steps])], cwd=ROOT, env=environment)

    post = Post(kill_at)
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    try:
        post.worker = work(FILL, WORK)
        assert post.worker.wait(60) == -signal.SIGKILL
        assert work(FREE, WORK).wait(60) == 0
        assert post.full.wait(10)
    finally:
        server.stop()

    assert set(post.taken) == {f"v{number}@example.org" for number in range(MAILS)}
    assert sum(post.taken.values()) - MAILS == (1 if kill_at == "after" else 0)


@pytest.mark.django_db
def test_administrators_read_the_outbox_and_nobody_else():
    queue(1)
    page = signed_in(an_administrator()).get("/admin/outbox/")
    assert "Mail 1" in page.content.decode()
    assert "待发送" in page.content.decode()
    assert signed_in(an_editor()).get("/admin/outbox/").status_code == 403
