"""Two hundred photos of 12 megapixels through the admin, a server killed in the middle, a thousand on a phone.

Everything is a drawing with noise, made here. Time is compared with what Pillow alone needs for the same
decoding and encoding, on the same cores and in as many processes as the portal is served by.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from io import BytesIO
from multiprocessing import Pool
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from tests.browser import site as demo
from tests.browser.albums import look_at
from tests.browser.chromium import launch_options
from tests.portal.pictures import an_exif
from tests.prove.processes import descendants

PHOTOS = int(os.environ.get("PROVE_PHOTOS", 200))
KILLS = 3
WIDTHS = (320, 640, 1280, 2048)
PROCESSES = 2
CALL = "from django.core.management import call_command; call_command(*{})"
MOST_RATIO, MOST_MEGABYTES = 1.3, 600


def steps():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        yield "bare Pillow", partial(bare_pillow, folder)
        yield "through the admin", partial(through_the_admin, folder)
        yield "killed in the middle", partial(killed_in_the_middle, folder)
        yield "a thousand on a phone", partial(a_thousand_on_a_phone, folder)


# The photos


def make(job):
    """Write one drawing with noise as a JPEG with GPS, unlike every other."""
    path, number, size = job
    draw = random.Random(number)
    image = Image.effect_noise((size[0] // 4, size[1] // 4), 40).resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _shape in range(24):
        x, y, wide = draw.randrange(size[0]), draw.randrange(size[1]), draw.randrange(size[0] // 20, size[0] // 4)
        colour = tuple(draw.randrange(256) for _channel in range(3))
        pen.ellipse((x, y, x + wide, y + wide), fill=colour, outline="white", width=size[0] // 300)
    pen.text((size[0] // 20, size[1] // 20), f"drawing {number}", fill="white", font_size=size[1] // 12)
    taken = f"2026:10:24 {9 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"
    image.save(path, "JPEG", quality=90, exif=an_exif(DateTimeOriginal=taken).tobytes())
    return path


def drawings(folder, count, size):
    """Return the paths of `count` drawings, made once for all steps."""
    folder = folder / f"{size[0]}x{size[1]}"
    folder.mkdir(exist_ok=True)
    wanted = [folder / f"{number:04}.jpg" for number in range(count)]
    with Pool(PROCESSES) as pool:
        pool.map(make, [(path, number, size) for number, path in enumerate(wanted) if not path.exists()])
    return wanted


def twelve_megapixels(folder):
    return drawings(folder, PHOTOS, (4000, 3000))


# What Pillow alone needs


def render(path):
    """Decode a photo and encode the renditions that the portal makes, with nothing of the portal in between."""
    with Image.open(path) as image:
        image.draft(None, (2048, 2048))
        image.load()
        image.thumbnail((2048, 2048), reducing_gap=2)
        for width in WIDTHS:
            scaled = image.resize((width, round(image.height * width / image.width)), reducing_gap=3)
            scaled.save(BytesIO(), "AVIF", quality=60, speed=9)
            scaled.save(BytesIO(), "JPEG", quality=80, progressive=True, optimize=True)


def bare_pillow(folder):
    photos = twelve_megapixels(folder)
    began = time.monotonic()
    with Pool(PROCESSES) as pool:
        pool.map(render, photos, chunksize=1)
    seconds = time.monotonic() - began
    (folder / "bare").write_text(str(seconds))
    return {"photos": len(photos), "seconds": f"{seconds:.1f}"}


# Through the admin


def prepared(folder):
    """Return a folder of data as a first start without the demo leaves it, made once for all steps."""
    data = folder / "prepared"
    if not data.exists():
        told = {"PORTAL_VAR": str(data), "PORTAL_DEMO": "0", "PORTAL_ADMIN_PASSWORD": demo.PASSWORD}
        command = [sys.executable, "manage.py", "prepare"]
        subprocess.run(command, cwd=demo.ROOT, env={**os.environ, **told}, check=True)
    return data


@contextmanager
def served(folder, name):
    """Serve a portal of its own; yield (process, site)."""
    data = folder / name
    if not data.exists():
        shutil.copytree(prepared(folder), data)
    process, site = demo.start(data, PORTAL_DEMO="0")
    try:
        yield process, site
    finally:
        demo.stop(process.pid)


def manage(site, code):
    """Run Python in the portal that has its data there; return what it prints."""
    environment = {**os.environ, "PORTAL_VAR": str(site.folder), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.run(command, cwd=demo.ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def make_album(site):
    made = (
        "from django.utils import timezone; from portal.models import Album; "
        "print(Album.objects.get_or_create(slug='proof', defaults=dict(title_en='Proof', licence='CC0-1.0', "
        "published_at=timezone.now()))[0].pk)"
    )
    return int(manage(site, made))


@contextmanager
def album_page(site, album):
    """Yield the album's page of photos in a browser, signed in."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
        browser.new_page() as page,
    ):
        page.set_default_timeout(60_000)
        page.goto(f"{site.url}/admin/login/?next=/admin/portal/album/{album}/photos/")
        page.fill("#id_login", "organizer")
        page.fill("#id_password", demo.PASSWORD)
        page.click("[type=submit]")
        page.wait_for_selector("#upload")
        yield page


def peaks(pid):
    """Return (MB, command) of each process of the portal: the most memory that it has held at a time, largest first."""
    found = []
    for one in descendants(pid):
        command = Path(f"/proc/{one}/cmdline").read_text().replace("\0", " ").split("/")[-1].strip()
        status = Path(f"/proc/{one}/status").read_text()
        found.append((int(status.split("VmHWM:")[1].split()[0]) // 1024, command))
    return sorted(found, reverse=True)


def rows(site):
    with closing(sqlite3.connect(site.folder / "portal.sqlite3")) as database:
        return database.execute("SELECT count(*), count(DISTINCT sha256) FROM portal_photo").fetchone()


def through_the_admin(folder):
    photos = twelve_megapixels(folder)
    seen = set()
    with served(folder, "admin") as (process, site), album_page(site, make_album(site)) as page:
        began = time.monotonic()
        page.set_input_files("#upload-file", photos)
        while page.get_attribute("#upload", "data-state") != "idle":
            seen.add(page.eval_on_selector("#upload-all", "bar => Math.round(100 * bar.value / bar.max)"))
            time.sleep(0.5)
        seconds = time.monotonic() - began
        refused = page.locator("#upload-refused li").all_text_contents()
        [(memory, heaviest), *_others] = peaks(process.pid)
        held = rows(site)
        media = [path for path in (site.folder / "media").rglob("*") if path.is_file()]
        with_gps = [path.name for path in media if holds_gps(path)]
    ratio = seconds / float((folder / "bare").read_text())
    figures = {
        "photos": held[0],
        "files": len(media),
        "seconds": f"{seconds:.1f}",
        "of bare Pillow": f"{ratio:.2f}",
        "peak MB": f"{memory} ({heaviest})",
        "places of the bar": len(seen),
    }
    assert held == (len(photos), len(photos)) and not refused, (figures, refused)
    assert len(media) == 9 * len(photos), figures
    assert not with_gps, with_gps
    assert len(seen) > 5, figures
    assert ratio <= MOST_RATIO and memory < MOST_MEGABYTES, figures
    return figures


def holds_gps(path):
    """Whether a file has a directory of GPS, or the camera's serial number, anywhere in its bytes."""
    data = path.read_bytes()
    if b"SerialNumber-4711" in data:
        return True
    with Image.open(path) as image:
        return bool(image.getexif().get_ifd(0x8825))


# Killed in the middle


def killed_in_the_middle(folder):
    """Drop the same photos again and again, kill all of the server each time but the last."""
    photos = drawings(folder, PHOTOS, (1200, 900))
    after_kill = []
    for number in range(KILLS + 1):
        with served(folder, "killed") as (process, site), album_page(site, make_album(site)) as page:
            page.set_input_files("#upload-file", photos)
            if number < KILLS:
                wait_for_rows(site, len(photos) * (number + 1) // (KILLS + 2))
                for pid in [process.pid, *descendants(process.pid)]:
                    with suppress(ProcessLookupError):  # gunicorn ends by itself once its workers' pipe is gone
                        os.kill(pid, 9)
                process.wait()
                after_kill.append(rows(site)[0])
            else:
                page.wait_for_selector("#upload[data-state=idle]", timeout=600_000)
    held = rows(site)
    said = manage(site, CALL.format(("clean_media",)))
    figures = {"kills": KILLS, "photos after each": after_kill, "photos": held[0], "files": said.splitlines()[-1]}
    assert held == (len(photos), len(photos)), figures
    return figures


def wait_for_rows(site, count):
    deadline = time.monotonic() + 300
    while rows(site)[0] < count and time.monotonic() < deadline:
        time.sleep(0.05)


def a_thousand_on_a_phone(folder):
    """A thousand photos of one album: what a phone's first view weighs, whether anything moves, what is waited for."""
    photos = drawings(folder, 60, (1600, 1200))
    with served(folder, "thousand") as (_process, site):
        make_album(site)
        manage(site, CALL.format(("import_photos", "proof", str(photos[0].parent))))
        manage(site, COPY_UP_TO_A_THOUSAND)
        with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as browser:
            figures = look_at(browser, site.address("en", "photos/proof/"))
    assert figures["first view"] < 400_000 and figures["shift"] < 0.01, figures
    assert figures["waited for"] == "IMG" and not figures["lazy"], figures
    return figures


# Rows with the files of others: what counts here is the page, not the store.
COPY_UP_TO_A_THOUSAND = """
from portal.models import Photo
first = list(Photo.objects.all())
for number in range(1000 - len(first)):
    copy = first[number % len(first)]
    copy.pk, copy.sha256, copy._state.adding = None, f"{number:064}", True
    copy.save()
"""
