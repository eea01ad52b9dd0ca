"""The worker beside the web server: what must not wait for, or hold up, a visitor's request."""

import logging
import signal
import threading
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from portal import outbox, search, tending
from portal.watching.checks import alarm_of_late_mail
from portal.webhooks import sending
from portal.webhooks.announcing import announce_news

logger = logging.getLogger(__name__)

# How long a worker may have been down without search missing what was made public meanwhile.
DOWN_FOR = timedelta(days=7)


class Command(BaseCommand):
    help = "Send queued mail, run queued tasks and the daily chores until told to stop (SIGTERM or SIGINT)."

    def handle(self, **options):
        self.stopping = threading.Event()
        self.searched_until = timezone.now() - DOWN_FOR
        self.tasks = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name="default",
            worker_id=get_random_string(32),
            batch=True,
            interval=0,
            startup_delay=False,
            max_tasks=None,
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        # Each chore has a thread of its own, so that a long task delays no mail.
        chores = [
            threading.Thread(target=self.repeat, args=[self.send_mail, 2], name="mail"),
            threading.Thread(target=self.repeat, args=[self.tell_servers, 2], name="webhooks"),
            threading.Thread(target=self.repeat, args=[announce_news, 60], name="publications"),
            threading.Thread(target=self.repeat, args=[self.refresh_search, 10], name="search"),
            threading.Thread(target=self.repeat, args=[self.tasks.run, 1], name="tasks"),
            # Often, since an offer that lapses goes to the next in line.
            threading.Thread(target=self.repeat, args=[self.tend, 300], name="chores"),
            threading.Thread(target=self.repeat, args=[alarm_of_late_mail, 3600], name="alarm"),
        ]
        for chore in chores:
            chore.start()
        for chore in chores:
            chore.join()

    def stop(self, signum, frame):
        """Let the mail and the task at hand end, and begin no other."""
        self.stopping.set()
        self.tasks.running = False

    def send_mail(self):
        """Send what is due in the outbox, what is tried again included."""
        outbox.send_due(stopping=self.stopping.is_set)

    def tell_servers(self):
        """Deliver what is queued for webhooks."""
        sending.send_due(stopping=self.stopping.is_set)

    def refresh_search(self):
        """Let search name what the clock has made public since the last look."""
        now = timezone.now()
        search.catch_up(self.searched_until, now)
        self.searched_until = now

    def tend(self):
        for _sentence, _count in tending.tend():
            if self.stopping.is_set():
                return

    def repeat(self, chore, seconds):
        """Do a chore, rest for so many seconds, until told to stop; a failed round is logged and does not end it."""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                chore()
            except Exception:  # a database that restarts, say
                logger.exception("%s failed; tried again in %s s", threading.current_thread().name, seconds)
            self.stopping.wait(seconds)
