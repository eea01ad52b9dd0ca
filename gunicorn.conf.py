"""How the portal is served; gunicorn reads this file when it is started in this folder.

Threads in two processes: on this synchronous stack they beat both one-thread
workers and an ASGI server on every page. `HOST`, `PORT` and `WEB_CONCURRENCY`
(the number of processes) come from the environment or `.env`, as all settings.
"""

import gc
import os
from pathlib import Path

from django.db import connections
from environs import Env

env = Env()
env.read_env(Path(__file__).with_name(".env"), recurse=False)
HOST = env.str("HOST", "127.0.0.1")
PORT = env.str("PORT", "8000")

bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
worker_class = "portal.even_worker.EvenWorker"
workers = env.int("WEB_CONCURRENCY", 2)
threads = 4
worker_connections = 64  # kept ones among them; who comes beyond waits before both processes
preload_app = True  # Django is imported once, and the workers share its memory
timeout = 60
graceful_timeout = 20
loglevel = "warning"
forwarder_headers = ""  # by default a visitor's own SCRIPT_NAME would be believed where the proxy lets it through
control_socket_disable = True  # it would be made in the home directory, which may not be there


def pre_fork(server, worker):
    """Leave what is loaded so far out of garbage collection, whose marks would copy shared memory to each worker.

    What a worker makes is then little, and looked through often: rows refer to each other, and stay until that.
    """
    gc.freeze()
    gc.collect()  # Python notes that nothing is left; else it waits for garbage a quarter as large as what it froze
    gc.set_threshold(2_000, 5, 2)


def post_fork(server, worker):
    """A connection opened while preloading must not be shared by two processes."""
    connections.close_all()


def when_ready(server):
    """Say where the portal is, once it really answers there; no worker counts yet, so forget what former ones did."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        for counts in Path(folder).glob("*.db"):
            counts.unlink()
    print(f"The portal is at {env.str('SITE_URL', f'http://{bind}')}/", flush=True)
