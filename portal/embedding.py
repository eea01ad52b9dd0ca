"""Films of others within our pages: by address, whose player, and where it lives. Nothing is loaded before a click.

The page of a recording holds the player and nothing else does; its policy lets that one host into a frame.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

BILIBILI = re.compile(r"^/video/(BV[0-9A-Za-z]{10}|av[0-9]+)/?$")
YOUTUBE_ID = re.compile(r"^[\w-]{11}$")
PEERTUBE = re.compile(r"^/(?:w|videos/watch)/([0-9A-Za-z-]{20,36})/?$")


@dataclass(frozen=True)
class Player:
    """A frame: its address, the host that the page's policy lets in, and the service's name."""

    url: str
    host: str
    service: str


def player_of(address):
    """Return the `Player` of a film's address on Bilibili, YouTube or a PeerTube server; None for anything else."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if parts.scheme != "https" or parts.port:
        return None
    if host == "bilibili.com" and (found := BILIBILI.match(parts.path)):
        key = "bvid" if found[1].startswith("BV") else "aid"
        part = parse_qs(parts.query).get("p", ["1"])[0]
        page = part if part.isdecimal() else "1"
        video = f"{key}={found[1].removeprefix('av')}"
        return _player(f"https://player.bilibili.com/player.html?{video}&p={page}&autoplay=0", "Bilibili")
    if host in ("youtube.com", "youtu.be"):
        video = parts.path[1:] if host == "youtu.be" else parse_qs(parts.query).get("v", [""])[0]
        if YOUTUBE_ID.match(video):
            return _player(f"https://www.youtube-nocookie.com/embed/{video}", "YouTube")
        return None
    if found := PEERTUBE.match(parts.path):
        return _player(f"https://{parts.hostname}/videos/embed/{found[1]}", "PeerTube")
    return None


def _player(url, service):
    return Player(url, f"https://{urlsplit(url).hostname}", service)
