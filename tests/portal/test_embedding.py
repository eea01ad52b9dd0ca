"""Films of others: which addresses have a player, and which do not."""

import pytest

from portal.embedding import player_of

PLAYERS = {
    "https://www.bilibili.com/video/BV1xx411c7mD": "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&p=1&autoplay=0",
    "https://m.bilibili.com/video/BV1xx411c7mD/?p=3&t=4": "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&p=3&autoplay=0",
    "https://www.bilibili.com/video/av170001": "https://player.bilibili.com/player.html?aid=170001&p=1&autoplay=0",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    "https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d": (
        "https://tube.example/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d"
    ),
}
NONE = [
    'https://www.bilibili.com/video/BV1xx411c7mD"><script>',
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22onload",
    "https://www.youtube.com/playlist?list=x",
    "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://bilibili.com.evil.example/video/BV1xx411c7mD",
    "https://tube.example:8443/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
    "https://slides.example/deck.pdf",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize(("address", "frame"), PLAYERS.items())
def test_films_of_known_services_have_a_player(address, frame):
    player = player_of(address)

    assert player.url == frame
    assert frame.startswith(f"{player.host}/")


@pytest.mark.parametrize("address", NONE)
def test_everything_else_has_none(address):
    assert player_of(address) is None
