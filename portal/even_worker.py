"""gunicorn's worker with threads, for visitors who all come at once, and for connections that say nothing.

gunicorn lets whichever process wakes first take as many connections as come: at a launch one of two takes most of them,
and their requests wait behind each other while the other has nothing left to do. And a thread waits up to five seconds
for the first words of a connection, such as browsers open beforehand: eight of them, and nobody is answered.
"""

import socket
import time
from functools import partial
from selectors import EVENT_READ

from gunicorn.workers.gthread import ThreadWorker

FIRST_WORDS_WITHIN = 5  # seconds


class EvenWorker(ThreadWorker):
    """With all its threads busy, it takes one new connection for each request that is done; threads get requests alone.

    So processes share what comes by what they get done, and nobody new waits behind those who keep their connections.
    All of this runs in the process's first thread, which asks after each event whether to take connections.
    """

    busy = 0  # requests that a thread works on, or that wait for one
    has_taken_enough = False

    def accept(self, listener):
        super().accept(listener)
        self.has_taken_enough = self.busy >= self.cfg.threads
        self.set_accept_enabled(True)

    def set_accept_enabled(self, enabled):
        super().set_accept_enabled(enabled and not self.has_taken_enough)

    def enqueue_req(self, conn):
        if not conn.initialized and not conn.data_ready:
            conn.data_ready = has_spoken(conn.sock)
        if conn.initialized or conn.data_ready:
            self.busy += 1
            super().enqueue_req(conn)
        else:
            self._await_first_words(conn)

    def finish_request(self, conn, fs):
        self.busy -= 1
        self.has_taken_enough = False
        super().finish_request(conn, fs)

    def _await_first_words(self, conn):
        """Leave a connection to the poller, as gunicorn does once a thread has waited for it in vain."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + FIRST_WORDS_WITHIN
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))


def has_spoken(sock):
    """Return whether there is something to read: most send their request with the connection, and need no poller."""
    try:
        sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        pass  # ended; whoever reads it finds out
    return True
