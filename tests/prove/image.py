"""The image, built by its Dockerfile and run by podman as compose.yaml says: as nobody, without privileges or a disk.

What it stands on is made of Debian's own packages, so that no registry need be reached. The prepared database, web and
worker are three containers; PostgreSQL, Redis, a store that speaks S3 and a mail server run beside them.
"""

import json
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
import yaml

from tests.browser import site as demo
from tests.prove.chaos import SET_UP, hidden, signed_in
from tests.prove.failures import Letters, eventually
from tests.prove.machines import shared

BASE, IMAGE = "docker.io/library/python:3.11-slim", "community-portal"
PROGRAMS = ("podman", "crun", "debootstrap")
OF_THE_BASE = "python3,python3-venv,ca-certificates"
CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
# crun knows no mixture of both kinds of cgroups, as some machines have; it gets a view of its own.
WITH_CGROUPS = 'umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup && exec "$@"'
METRICS_TOKEN = "whoever has it reads the metrics"
VARIABLE = re.compile(r"\$\{(\w+):[-?]([^}]*)\}")
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
    yield "built and run", built_and_run


class Engine:
    """podman, with images and containers in a folder of its own."""

    def __init__(self, folder):
        missing = [name for name in PROGRAMS if shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin") is None]
        assert not missing, f"missing: as root on Debian, apt-get install {' '.join(missing)}"
        places = ["--root", f"{folder}/store", "--runroot", f"{folder}/run", "--storage-driver", "vfs"]
        ours = ["unshare", "--mount", "sh", "-c", WITH_CGROUPS, "sh"]
        self.command = [*ours, "podman", *places, "--cgroup-manager", "cgroupfs", "--runtime", "crun"]

    def do(self, *arguments):
        """Run one of its commands to its end; return what it prints."""
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (arguments, done.stderr[-3000:])
        return done.stdout

    def import_base(self, folder):
        """Make what the image begins with: Debian with its Python, under the name that the Dockerfile has for it."""
        root = folder / "root"
        making = ["debootstrap", "--variant=minbase", f"--include={OF_THE_BASE}", "bookworm", root]
        subprocess.run(making, stdout=subprocess.DEVNULL, check=True)
        shutil.copy(f"/{CERTIFICATES}", root / CERTIFICATES)  # whom this machine trusts to give it packages
        (root / "usr/local/bin/python").symlink_to("/usr/bin/python3")
        packed = folder / "root.tar"
        subprocess.run(["tar", "-C", root, "-cf", packed, "."], check=True)
        self.do("import", str(packed), BASE)

    def build(self):
        how = ("--isolation", "chroot", "--pull-never", "--layers=false", "--format", "docker", "--tag", IMAGE)
        self.do("build", *how, str(demo.ROOT))


@dataclass(frozen=True)
class Running:
    """Services of compose.yaml, run by an engine in an environment that names what runs beside them here."""

    engine: Engine
    services: dict
    environment: dict

    def to_its_end(self, name):
        self.engine.do(*self._arguments(name))

    @contextmanager
    def beside(self, name):
        """Run a service for the length of a with statement; asked to stop, it must end by itself, and well."""
        with tempfile.TemporaryFile("w+") as log:
            command = [*self.engine.command, *self._arguments(name)]
            container = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
            try:
                yield
                self.engine.do("kill", "--signal", "TERM", name)
                code = container.wait(60)
                log.seek(0)
                assert code in {0, 128 + signal.SIGTERM}, (name, code, log.read()[-3000:])
            finally:
                self.engine.do("rm", "--force", "--ignore", name)
                container.wait(60)

    def _arguments(self, name):
        service = self.services[name]
        # podman would ask for more than it may have.
        limits = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000")
        yield from ("run", "--rm", "--name", name, "--network", "host", "--cgroups", "disabled", *limits)
        if service["read_only"]:
            yield from ("--read-only", "--read-only-tmpfs=false")
        for option, key in (("--tmpfs", "tmpfs"), ("--cap-drop", "cap_drop"), ("--security-opt", "security_opt")):
            for value in service[key]:
                yield from (option, value.removesuffix(":true"))  # which podman does not know
        for key, value in self.environment.items():
            yield from ("--env", f"{key}={value}")
        yield from (IMAGE, *service.get("command", ()))


def services(**given):
    """Return the services of compose.yaml with its variables filled in."""
    filled = VARIABLE.sub(lambda found: given.get(found[1], found[2]), (demo.ROOT / "compose.yaml").read_text())
    return yaml.safe_load(filled)["services"]


def built_and_run():
    letters, port = Letters(), demo.free_port()
    with tempfile.TemporaryDirectory() as folder, shared(letters) as beside:
        engine = Engine(folder)
        engine.import_base(Path(folder))
        began = time.monotonic()
        engine.build()
        took = time.monotonic() - began
        site = demo.Site(f"http://127.0.0.1:{port}", Path(folder))
        told = {
            "SITE_URL": site.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "PORTAL_ADMIN_PASSWORD": demo.PASSWORD,
            "METRICS_TOKEN": METRICS_TOKEN,
        }
        known = services(**told)
        environment = {**known["web"]["environment"], **told, **beside, "HOST": "127.0.0.1", "PORT": str(port)}
        run = Running(engine, known, {name: value for name, value in environment.items() if value})
        run.to_its_end("prepare")
        with run.beside("worker"), run.beside("web"):
            eventually(lambda: is_ready(site))
            engine.do("healthcheck", "run", "web")
            who = json.loads(engine.do("exec", "web", "python", "-c", WHO))
            assert who == {"user": 10001, "can write": [], "CapEff": "0000000000000000", "NoNewPrivs": "1"}, who
            shell = ("python", "manage.py", "shell", "--no-imports", "-c")
            engine.do("exec", "web", *shell, f"import json\n{SET_UP.format(seats=1)}")
            visited = visit(site, letters)
        megabytes = {
            name: int(engine.do("image", "inspect", "--format", "{{.Size}}", name)) // 10**6 for name in (IMAGE, BASE)
        }
    return {"built in": f"{took:.0f} s", "MB": megabytes[IMAGE], "MB of the base": megabytes[BASE], **who, **visited}


def is_ready(site):
    try:
        return requests.get(f"{site.url}/readyz", timeout=20).status_code == 200
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
    asked = {"Host": "10.1.2.3", "Authorization": f"Bearer {METRICS_TOKEN}"}  # as Prometheus does, by the address
    metrics = requests.get(f"{site.url}/metrics", headers=asked, timeout=60)
    assert "portal_requests_total" in metrics.text, (metrics.status_code, metrics.text[:300])
    return {"pages": "as elsewhere", "the mail came after": f"{waited:.0f} s"}
