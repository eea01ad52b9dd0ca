"""Things to find and what each query must find; asked on SQLite and on PostgreSQL alike."""

import json
from datetime import UTC, date, datetime

from portal import search

NOW = datetime(2023, 11, 1, tzinfo=UTC)
EARLIER, LATER = datetime(2023, 10, 1, tzinfo=UTC), datetime(2023, 12, 1, tzinfo=UTC)


def a_findable(pk, chinese="", english="", text="", text_en="", kind="article", **fields):
    fields = {"url": f"/zh-hans/news/n-{pk}/", "visible_from": EARLIER, **fields}
    texts = {"zh-hans": text, "en": text_en}
    return search.Findable(kind=kind, pk=pk, titles={"zh-hans": chinese, "en": english}, texts=texts, **fields)


CORPUS = [
    a_findable(
        1, "第八届中国开源年会", "COSCon'23", "成都高新区菁蓉汇", "In Chengdu, by KAIYUANSHE.", dated=date(2023, 10, 28)
    ),
    a_findable(2, "庄表伟", "Biaowei Zhuang", "开源社理事", "Board member", kind="person", also="zhuang-biaowei"),
    a_findable(3, "龙蜥社区", "OpenAnolis", "操作系统的开源社区。黑客松", "An operating system, and a hackathon"),
    a_findable(4, "ＫＣＣ长沙", "KCC Changsha", "与TiDB社区同行", "Along with the TiDB community"),
    a_findable(
        5, "全球开源技术峰会", "GOTC 2023", "张江科学会堂", "AI and open-source licensing", dated=date(2023, 5, 27)
    ),
    a_findable(6, "", "How to aim at an air show", "", "No intelligence, artificial or other, in Node.js."),
    a_findable(7, "", "The café of communities", "", "Hackers, talks and C++"),
    a_findable(8, "草稿：开源", visible_from=None),
    a_findable(9, "预告：开源", visible_from=LATER),
    a_findable(10, "々と𠮷野家のカフェ", "Привет 한국"),
]

FOUND_BY = {
    # Two characters, one, many, and a word that no dictionary holds.
    "开源": {1, 2, 3, 5},
    "成都": {1},
    "源": {1, 2, 3, 5},
    "汇": {1},
    "开源社区": {3},
    "庄表伟": {2},
    "表伟": {2},
    "龙蜥社区": {3},
    "黑客松": {3},
    "开源年会 成都": {1},
    "开社": set(),
    # Case, width, accents.
    "gotc": {5},
    "GOTC": {5},
    "ＫＣＣ": {4},
    "kcc": {4},
    "cafe": {7},
    "CAFÉ": {7},
    # Both scripts, with and without a space, over both languages of one thing.
    "TiDB社区": {4},
    "TiDB 社区": {4},
    "COSCon 成都": {1},
    "KCC长沙": {4},
    # Beginnings and endings.
    "cosc": {1},
    "TiD": {4},
    "Zhua": {2},
    "community": {4, 7},
    "communities": {4, 7},
    "hacker": {7},
    "hackers": {7},
    "license": {5},
    "talk": {7},
    # Short words and numbers are meant as they are.
    "AI": {5},
    "coscon'23": {1},
    "coscon23": {1},
    "COSCon’23": {1},
    "COSCon 23": {1},
    "2023": {5},
    "202": set(),
    "node.js": {6},
    "open source": {5},
    # Words beside the title that lead to it, and other scripts.
    "zhuang-biaowei": {2},
    "カフェ": {10},
    "𠮷野": {10},
    "привет": {10},
    "한국": {10},
    # Nothing, and the operators of the engines below.
    "": set(),
    "，。！？ \t\n": set(),
    '"': set(),
    '"开源': {1, 2, 3, 5},
    "开源*": {1, 2, 3, 5},
    "^开源": {1, 2, 3, 5},
    "title_words:开源": set(),
    "gotc AND": {5},
    "gotc OR kcc": set(),
    "NEAR(gotc 2023, 5)": set(),
    "(gotc": {5},
    "gotc:*": {5},
    "gotc & 2023": {5},
    "!gotc": {5},
    "gotc <-> 2023": {5},
    "-gotc": {5},
    "' OR 1=1 --": set(),
    "gotc\x00": {5},
    "\\": set(),
    "%s %(x)s": set(),
    "gotc " * 2000: {5},
    "开" * 10_000: set(),
    "a " * 5000: {3},
}


# What finds nothing, and what it may have meant.
MEANT_BY = {
    "Changshaa": "Changsha",
    "kcc chagnsha": "kcc Changsha",
    "OpenAnolys 2": "",  # there is an OpenAnolis, but no second
    "庄表为": "庄表伟",
    "庄表為 zhuagn": "庄表伟 Zhuang",
    "龙溪社区": "龙蜥社区",
    "nothing-like-this": "",
    "2032": "",
    "hangsha": "Changsha",
    "开": "",
    "": "",
}


def answers():
    """Index the corpus and return query -> sorted keys of what was found."""
    search.replace_all(CORPUS)
    return {query: sorted(found.pk for found in search.find(query, "zh-hans", NOW).results) for query in FOUND_BY}


def misses():
    """Return query -> [found, expected] where the two differ."""
    found = answers() | {f"meant: {query}": search.suggest(query, "zh-hans", NOW) for query in MEANT_BY}
    expected = {query: sorted(keys) for query, keys in FOUND_BY.items()}
    expected |= {f"meant: {query}": meant for query, meant in MEANT_BY.items()}
    return {query: [found[query], expected[query]] for query in expected if found[query] != expected[query]}


def print_misses():
    print(json.dumps(misses()))
