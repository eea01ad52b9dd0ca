"""The columns of a programme in a spreadsheet: what the template offers, the export writes and the import reads."""

import re

from events.imports.texts import line_of

ABOVE = 10  # rows that may stand above the one that names the columns
COLUMNS = (
    "code",
    "uuid",
    "title_zh",
    "title_en",
    "kind",
    "forum",
    "room",
    "starts",
    "ends",
    "cancelled",
    "language",
    "level",
    "speakers",
    "abstract_zh",
    "abstract_en",
    "recording",
    "slides",
)
# How people, tools and the admin's list of sessions call them besides, the surest words first.
# fmt: off
ALSO = {
    "title": (
        "title", "标题", "標題", "议题", "議題", "题目", "題目", "议题名称", "議題名稱", "议题标题", "演讲题目",
        "演講題目", "演讲主题", "session title", "proposal title", "talk title", "subject", "topic", "主题", "主題",
        "议程", "議程", "session", "talk", "名称", "名稱",
    ),
    "title_zh": (
        "中文标题", "中文標題", "标题（中文）", "title (chinese)", "chinese title", "标题 · 中文", "title · 中文",
    ),
    "title_en": (
        "英文标题", "英文標題", "标题（英文）", "title (english)", "english title", "标题 · english", "title · english",
    ),
    "kind": ("type", "类型", "類型", "议题类型", "議題類型", "形式", "session type", "session format"),
    "forum": ("track", "论坛", "論壇", "分论坛", "分論壇", "专场", "專場", "议程轨", "議程軌", "所属论坛"),
    "room": (
        "会议室", "會議室", "房间", "房間", "教室", "会场", "會場", "场地", "場地", "地点", "地點", "location",
        "venue", "hall",
    ),
    "date": ("date", "day", "日期"),
    "time": ("time", "时间", "時間", "时间段", "時間段", "时段", "時段"),
    "starts": ("start", "begin", "开始", "開始", "开始时间", "開始時間", "start time", "starts at", "from"),
    "ends": ("end", "结束", "結束", "结束时间", "結束時間", "end time", "ends at", "until", "to"),
    "duration": ("duration", "时长", "時長", "length"),
    "cancelled": ("canceled", "取消", "已取消"),
    "language": ("语言", "語言", "演讲语言", "lang", "spoken language"),
    "level": ("难度", "難度"),
    "speakers": (
        "speaker", "讲师", "講師", "嘉宾", "嘉賓", "演讲人", "演講人", "演讲者", "演講者", "讲者", "講者",
        "演讲嘉宾", "主讲人", "主講人", "分享人", "分享嘉宾", "讲师姓名", "speaker names", "speaker name",
        "presenter", "presenters",
    ),
    "abstract": (
        "abstract", "摘要", "简介", "簡介", "介绍", "介紹", "议题简介", "議題簡介", "内容简介", "description",
        "summary", "描述",
    ),
    "abstract_zh": ("中文摘要", "中文简介", "摘要 · 中文", "abstract · 中文"),
    "abstract_en": ("英文摘要", "英文简介", "摘要 · english", "abstract · english"),
    "recording": ("video", "录像", "錄影", "视频", "影片", "回放"),
    "slides": ("幻灯片", "讲稿", "簡報", "投影片", "课件", "ppt"),
    "code": ("编号", "編號", "id"),
    "uuid": ("guid",),
}
# fmt: on
TITLES = {"title", "title_zh", "title_en"}


def _plain(word):
    return re.sub(r"[\s_]+", " ", word.lower()).strip(" *:：")


NAMES = {_plain(name): (name, 0) for name in COLUMNS}
NAMES |= {_plain(word): (name, rank) for name, words in ALSO.items() for rank, word in enumerate(words, 1)}


def columns_of(row):
    """Return which column each cell of a row names, None for none: a list. Of two of a kind the surer word counts."""
    named = [_named(line_of(cell)) for cell in row]
    best = {}
    for place, found in enumerate(named):
        if found and (found[0] not in best or found[1] < named[best[found[0]]][1]):
            best[found[0]] = place
    return [found[0] if found and best[found[0]] == place else None for place, found in enumerate(named)]


def _named(head):
    """Return (column, how sure) of a head: as it is, without its brackets, or by one of its two languages."""
    for words in (head, re.sub(r"\s*[(（\[【].*$", "", head)):
        if _plain(words) in NAMES:
            return NAMES[_plain(words)]
    return next((NAMES[_plain(part)] for part in re.split(r"[/|／]", head) if _plain(part) in NAMES), None)
