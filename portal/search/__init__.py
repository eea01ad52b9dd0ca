"""Search in Chinese and English over everything visitors may see; the same on SQLite and PostgreSQL.

    from portal import search
    answer = search.find("开源", language="zh-hans", now=timezone.now())

`words` turns texts and queries into tokens, `index` keeps rows, `finding`
answers, `highlight` shows where, `suggesting` mends what finds nothing, `sources` says where rows come from.
"""

from portal.search.finding import Answer, Found, find
from portal.search.index import Findable, forget, index, replace_all
from portal.search.sources import Source, catch_up, every, rebuild, rebuilt_afterwards, register, reindex
from portal.search.suggesting import suggest

__all__ = [
    "Answer",
    "Findable",
    "Found",
    "Source",
    "catch_up",
    "every",
    "find",
    "forget",
    "index",
    "rebuild",
    "rebuilt_afterwards",
    "register",
    "reindex",
    "replace_all",
    "suggest",
]
