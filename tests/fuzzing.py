"""Files that are almost a programme: what the importers are given until the time is up."""

import json
import random
import resource
import time

from events.imports.reading import read
from events.imports.rows import NotReadable

SLOWEST = 10  # seconds of processor time for one file
MOST_GROWTH = 100_000  # kB, after the first files have warmed everything up
EVENT = {"title": "A", "guid": "1", "date": "2023-10-28T09:00:00+08:00", "duration": "1:00", "persons": [{"name": "M"}]}
SUBMISSION = {"code": "ABC", "title": "T", "slots": [{"start": "2025-08-09T10:00:00Z"}], "speakers": [{"name": "M"}]}
SEEDS = (
    b"<schedule><conference><day_change>09:00</day_change></conference><day date='2018-02-03'><room name='R'>"
    b"<event id='1'><start>10:00</start><duration>00:50</duration><title>A</title><abstract>&lt;p&gt;x&lt;/p&gt;"
    b"</abstract><persons><person id='2'>G</person></persons></event></room></day></schedule>",
    json.dumps({"schedule": {"conference": {"days": [{"date": "2023-10-28", "rooms": {"R": [EVENT]}}]}}}).encode(),
    json.dumps({"results": [SUBMISSION]}).encode(),
    json.dumps({"sessions": [{"id": "A", "zh": {"title": "x"}, "en": {}, "speakers": ["s"], "tags": ["t"]}]}).encode(),
    json.dumps([{"id": 1, "title": "T", "start_time": "2017-04-11T13:30:00-07:00", "speakers": [{"id": 1}]}]).encode(),
    json.dumps([{"id": "A", "room": {"zh": "x"}, "zh": {"title": "x"}, "speaker": {"name": "s"}}]).encode(),
    json.dumps({"program": [{"subject": "S", "start": "9:00 AM", "speaker": ["a"], "room": {"name": "R"}}]}).encode(),
    "日程\n日期,时间,议题,讲师/Speaker,备注\n2023-10-28,09:00-09:40,甲,王、李,x,y\n".encode(),
    '标题,开始,讲师\n议题,2023-10-28 9:00,"李明; 王"\n'.encode("gb18030"),
)
TOKENS = (b"null", b"[]", b"{}", b"1e999", b"-1", b'"\\ud800"', b"\x00", b"<", b">", b"&x;", b"9" * 400, b"[" * 50)


def mutant(dice, seeds=SEEDS):
    """Return a file with a few pieces of it cut out, doubled, swapped or replaced."""
    content = bytearray(dice.choice(seeds))
    for _change in range(dice.randint(1, 6)):
        begin = dice.randrange(len(content) + 1)
        end = min(len(content), begin + dice.randint(0, 30))
        piece = dice.choice([b"", bytes(content[begin:end]) * 2, dice.choice(TOKENS), dice.randbytes(3)])
        content[begin:end] = piece
    return bytes(content)


def importers(seconds, number=0, then=lambda read_file: None):
    """Read mutants until the time is up; return figures. `then` is given what could be read.

    Raises AssertionError with the file that broke something, took too long or made memory grow.
    """
    dice, ends = random.Random(number), time.monotonic() + seconds
    files = readable = 0
    warm = None
    while time.monotonic() < ends:
        content = mutant(dice)
        began = time.process_time()
        try:
            then(read(content))
            readable += 1
        except NotReadable:
            pass
        except Exception as problem:
            raise AssertionError(f"{content!r} breaks with {problem!r}") from problem
        assert time.process_time() - began < SLOWEST, f"{content!r} takes too long"
        files += 1
        if files == 300:
            warm = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - warm if warm else 0
    assert grown < MOST_GROWTH, f"memory grew by {grown} kB over {files} files"
    return {"files": files, "readable": readable, "memory grown, kB": grown}
