"""compose.yaml as it stands, its image built and all of it brought up by podman-compose, on networks of its own.

No registry is asked: what the image stands on, and PostgreSQL and Redis, are Debian's own packages under the names that
are asked for, and the store is SeaweedFS's own program. So what is tried is everything but the images of others.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests
import yaml
from aiosmtpd.controller import Controller

from tests.browser import site as demo
from tests.prove.chaos import SET_UP, hidden, signed_in
from tests.prove.failures import Letters, eventually

BASE = "docker.io/library/python:3.11-slim"
PROGRAMS = ("podman", "crun", "debootstrap", "nsenter", "netavark", "aardvark-dns", "iptables")
PLACES = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/podman"
OF_PYTHON = "python3,python3-venv,ca-certificates"
OF_OTHERS = "postgresql,redis-server,wget"
CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
# crun knows no mixture of both kinds of cgroups, as some machines have; its containers get a view of their own.
HOLD = "umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup && echo held && exec sleep infinity"
# podman would ask for more than it may have.
LIMITS = '[containers]\ncgroups="disabled"\ndefault_ulimits=["nofile=1024:1024","nproc=1000:1000"]\n'
# What the image of PostgreSQL does when it starts, as far as compose.yaml asks for it.
POSTGRES = """#!/bin/sh
set -e
cd /usr/lib/postgresql/*/bin
chown postgres "$PGDATA" && chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    echo "$POSTGRES_PASSWORD" > /tmp/password && chown postgres /tmp/password
    su postgres -c "./initdb -U $POSTGRES_USER --pwfile=/tmp/password -A scram-sha-256 -D $PGDATA"
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    su postgres -c "./pg_ctl -D $PGDATA -o '-c listen_addresses=' -w start"
    PGPASSWORD="$POSTGRES_PASSWORD" su postgres -c "./createdb -U $POSTGRES_USER $POSTGRES_DB"
    su postgres -c "./pg_ctl -D $PGDATA -m fast -w stop"
fi
exec su postgres -c "exec ./postgres -D $PGDATA -c listen_addresses='*'"
"""
# Service of compose.yaml -> how its image starts.
STARTED_BY = {
    "database": ('ENTRYPOINT ["/usr/local/bin/postgres"]', "ENV PGDATA=/var/lib/postgresql/data"),
    "pages": (),
    "store": ('ENTRYPOINT ["/usr/bin/weed"]',),
}
OURS = ("web", "worker")
SETTINGS = {
    "SITE_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECRET_KEY": "one key of the whole site, and long enough to be one",
    "POSTGRES_PASSWORD": "a-password-of-the-database",
    "STORE_PASSWORD": "a-password-of-the-store",
    "PORTAL_ADMIN_PASSWORD": demo.PASSWORD,
    "EMAIL_URL": "smtp://nobody.example.org",  # until there is a network to send over
    "METRICS_TOKEN": "whoever has it reads the metrics",
}
# What a process in the container can do, told by itself.
WHO = """
import json, os, re
can_write = []
for folder in ("/", "/portal", "/data", "/venv"):
    try:
        open(os.path.join(folder, "something"), "w")
        can_write.append(folder)
    except OSError:
        pass
status = dict(re.findall(r"^(CapEff|NoNewPrivs):\\s+(\\S+)", open("/proc/self/status").read(), re.MULTILINE))
print(json.dumps({"user": os.getuid(), "can write": can_write, **status}))
"""


def steps():
    yield "built and brought up", built_and_brought_up


class Engine:
    """podman and podman-compose, with images, containers and networks in a folder of their own."""

    def __init__(self, folder):
        missing = [name for name in PROGRAMS if shutil.which(name, path=PLACES) is None]
        assert not missing, f"missing: as root on Debian, apt-get install {' '.join(missing)}"
        self.podman = folder / "podman"
        (folder / "containers.conf").write_text(LIMITS)
        self.environment = {**os.environ, **SETTINGS, "CONTAINERS_CONF": str(folder / "containers.conf")}
        # Containers know each other by names that lie in the mounts of whoever started them: one holds these for all.
        holding = ["unshare", "--mount", "sh", "-c", HOLD]
        self.holder = subprocess.Popen(holding, stdout=subprocess.PIPE, text=True)
        assert self.holder.stdout.readline() == "held\n"
        places = {"root": "store", "runroot": "run", "tmpdir": "tmp", "network-config-dir": "networks"}
        options = [f"--{option}={folder / place}" for option, place in places.items()]
        options += ["--storage-driver=vfs", "--cgroup-manager=cgroupfs", "--runtime=crun"]
        command = f"exec nsenter --target {self.holder.pid} --mount /usr/bin/podman {' '.join(options)}"
        self.podman.write_text(f'#!/bin/sh\n{command} "$@"\n')
        self.podman.chmod(0o700)

    def do(self, *arguments):
        """Run one of podman's commands to its end; return what it prints."""
        return self._run(self.podman, *arguments)

    def compose(self, *arguments):
        program = Path(sys.executable).with_name("podman-compose")
        return self._run(program, "--podman-path", self.podman, *arguments)

    def _run(self, *command):
        done = subprocess.run(command, cwd=demo.ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stderr[-3000:])
        return done.stdout

    def is_healthy(self, service):
        asked = [self.podman, "healthcheck", "run", container_of(service)]
        return subprocess.run(asked, env=self.environment, capture_output=True, check=False).returncode == 0

    def log_of(self, service):
        asked = [self.podman, "logs", "--tail", "30", container_of(service)]
        return subprocess.run(asked, env=self.environment, capture_output=True, text=True, check=True).stderr

    def state_of(self, service):
        return json.loads(self.do("inspect", "--format", "{{json .State}}", container_of(service)))

    def end(self):
        """Take down all that was brought up, and the mounts."""
        try:
            self.compose("down", "--volumes")
        finally:
            self.holder.kill()
            self.holder.wait()


@contextmanager
def engine_in(folder):
    engine = Engine(folder)
    try:
        yield engine
    finally:
        engine.end()


def container_of(service):
    return f"portal_{service}_1"


def make_images(engine, folder):
    """Make the images that the Dockerfile and compose.yaml name, each under its name."""
    services = yaml.safe_load((demo.ROOT / "compose.yaml").read_text())["services"]
    base, others = installed(folder / "base", OF_PYTHON), installed(folder / "others", OF_OTHERS)
    shutil.copy(f"/{CERTIFICATES}", base / CERTIFICATES)  # whom this machine trusts to give it packages
    (base / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    (others / "usr/local/bin/postgres").write_text(POSTGRES)
    (others / "usr/local/bin/postgres").chmod(0o755)
    shutil.copy(Path(sys.executable).with_name("weed"), others / "usr/bin/weed")
    import_image(engine, base, BASE)
    for service, changes in STARTED_BY.items():
        name = services[service]["image"]
        import_image(engine, others, f"docker.io/{name if '/' in name else f'library/{name}'}", changes)


def installed(root, packages):
    """Return a folder with Debian and these packages of it."""
    making = ["debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", root]
    subprocess.run(making, stdout=subprocess.DEVNULL, check=True)
    return root


def import_image(engine, root, name, changes=()):
    packed = root.with_suffix(".tar")
    if not packed.exists():
        subprocess.run(["tar", "-C", root, "-cf", packed, "."], check=True)
    engine.do("import", *(f"--change={change}" for change in changes), str(packed), name)


def built_and_brought_up():
    letters = Letters()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engine = stack.enter_context(engine_in(folder))
        make_images(engine, folder)
        began = time.monotonic()
        build = ("--isolation=chroot", "--pull-never", "--layers=false", "--format=docker", "--tag=community-portal")
        engine.do("build", *build, str(demo.ROOT))
        took = time.monotonic() - began
        # docker compose waits for what is healthy by itself; podman of this age does not.
        engine.compose("up", "--detach", "--no-build", *STARTED_BY)
        for service in STARTED_BY:
            eventually(lambda service=service: engine.is_healthy(service))
        network = json.loads(engine.do("network", "inspect", "portal_default"))[0]
        mails = Controller(letters, hostname=network["subnets"][0]["gateway"], port=demo.free_port())
        mails.start()
        stack.callback(mails.stop)
        engine.environment["EMAIL_URL"] = f"smtp://{mails.hostname}:{mails.port}"
        engine.compose("up", "--detach", "--no-build", "--no-deps", "prepare")
        prepared = engine.do("wait", container_of("prepare")).strip()
        assert prepared == "0", engine.log_of("prepare")
        engine.compose("up", "--detach", "--no-build", "--no-deps", *OURS)
        site = demo.Site(SETTINGS["SITE_URL"], folder)
        eventually(lambda: all_is_well(site))
        assert engine.is_healthy("web"), engine.log_of("web")
        who = json.loads(engine.do("exec", container_of("web"), "python", "-c", WHO))
        assert who == {"user": 10001, "can write": [], "CapEff": "0000000000000000", "NoNewPrivs": "1"}, who
        shell = ("python", "manage.py", "shell", "--no-imports", "-c")
        engine.do("exec", container_of("web"), *shell, f"import json\n{SET_UP.format(seats=1)}")
        visited = visit(site, letters)
        engine.compose("stop", *OURS)
        ended = {service: engine.state_of(service)["ExitCode"] for service in OURS}
        assert set(ended.values()) <= {0, 128 + signal.SIGTERM}, ended  # each by itself, when it was asked to
        size = ("image", "inspect", "--format", "{{.Size}}")
        megabytes = {name: int(engine.do(*size, name)) // 10**6 for name in ("community-portal", BASE)}
    ours, base = megabytes.values()
    return {"built in": f"{took:.0f} s", "MB": ours, "MB of the base": base, **who, **visited}


def all_is_well(site):
    """Return whether database, kept pages, store and outbox all answer."""
    try:
        told = requests.get(f"{site.url}/readyz", timeout=20)
        return told.status_code == 200 and set(told.json().values()) == {"ok"}
    except requests.ConnectionError:
        return False


def visit(site, letters):
    """Read pages, sign up by mail and confirm, sign in as the organizer that was made; return what was seen."""
    visitor, organizer = requests.Session(), requests.Session()
    home = visitor.get(site.address("zh-hans", ""), timeout=60)
    again = visitor.get(site.address("zh-hans", ""), headers={"If-None-Match": home.headers["ETag"]}, timeout=60)
    style = visitor.get(site.url + re.search(r'/static/[^"]+\.css', home.text)[0], timeout=60)
    assert (home.status_code, again.status_code, style.status_code) == (200, 304, 200)
    assert signed_in(organizer, site)
    address = site.address("en", "meetups/chaos/register/")
    form = visitor.get(address, timeout=60)
    time.sleep(3.2)  # nobody fills in a form faster
    data = {**hidden(form.text), "name": "Ming", "email": "ming@example.org", "agree_run": "on"}
    assert visitor.post(address, data=data, allow_redirects=False, timeout=60).status_code == 302
    waited = eventually(lambda: "ming@example.org" in letters.to)
    asked = {"Host": "10.1.2.3", "Authorization": f"Bearer {SETTINGS['METRICS_TOKEN']}"}  # as Prometheus does
    metrics = requests.get(f"{site.url}/metrics", headers=asked, timeout=60)
    assert "portal_requests_total" in metrics.text, (metrics.status_code, metrics.text[:300])
    return {"pages": "as elsewhere", "the mail came after": f"{waited:.0f} s"}
