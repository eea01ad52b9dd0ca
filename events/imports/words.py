"""Words as people write them, into ours. What is not understood comes back as such, never guessed."""

import re
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.imports.texts import line_of
from events.models import Session
from portal.models.links import validate_web_address

Kind, Level = Session.Kind, Session.Level

# Asked in this order: "lightning talk" is no talk, "opening keynote" no ceremony.
KINDS = (
    (Kind.KEYNOTE, ("keynote", "主题演讲", "主旨演讲", "主題演講")),
    (Kind.LIGHTNING, ("lightning", "闪电", "閃電")),
    (Kind.TALK_SHOW, ("talk-show", "talk show", "脱口秀")),
    (Kind.PANEL, ("panel", "discussion", "圆桌", "圓桌", "座谈", "座談", "podium")),
    (Kind.WORKSHOP, ("workshop", "hands-on", "tutorial", "工作坊", "实操")),
    (Kind.CEREMONY, ("ceremony", "opening", "closing", "开幕", "闭幕", "開幕", "閉幕", "颁奖")),
    (Kind.BREAK, ("break", "lunch", "dinner", "coffee", "茶歇", "午餐", "午休", "休息", "pause")),
    (Kind.SOCIAL, ("social", "party", "meetup", "gathering", "bof", "聚会", "晚宴")),
    (Kind.TALK, ("talk", "lecture", "presentation", "session", "vortrag", "演讲", "演講", "议题", "議程")),
)
LEVELS = {
    "beginner": Level.BEGINNER,
    "入门": Level.BEGINNER,
    "入門": Level.BEGINNER,
    "easy": Level.BEGINNER,
    "skilled": Level.INTERMEDIATE,
    "intermediate": Level.INTERMEDIATE,
    "medium": Level.INTERMEDIATE,
    "中阶": Level.INTERMEDIATE,
    "中階": Level.INTERMEDIATE,
    "advance": Level.ADVANCED,
    "advanced": Level.ADVANCED,
    "expert": Level.ADVANCED,
    "进阶": Level.ADVANCED,
    "進階": Level.ADVANCED,
}
LANGUAGES = {
    **dict.fromkeys(("zh", "zh-hans", "zh-hant", "zh-cn", "zh-tw", "zh_tw", "zh_cn", "chinese", "mandarin"), "zh"),
    **dict.fromkeys(("中文", "汉语", "漢語", "华语", "普通话", "國語", "华文"), "zh"),
    **dict.fromkeys(("en", "en-us", "en-gb", "english", "英文", "英语", "英語", "englisch"), "en"),
    **dict.fromkeys(("de", "german", "deutsch", "德语"), "de"),
    **dict.fromkeys(("ja", "ja-jp", "japanese", "日本語", "日语", "日文"), "ja"),
    **dict.fromkeys(("ko", "korean", "한국어", "韩语"), "ko"),
    **dict.fromkeys(("fr", "french", "français", "法语"), "fr"),
    **dict.fromkeys(("es", "spanish", "español"), "es"),
}
TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
BETWEEN = re.compile(r"[,;/、，]+|\s+(?:and|und|&)\s+")
BOTH = re.compile(r"中英(?:文|双语|雙語)?|[双雙][语語]")
LONGEST_ADDRESS = 500  # characters, as many as the column holds
MOST_TAGS = 20  # characters, as many as the column holds
CODE_HOSTS = ("github.com", "gitlab.com", "gitee.com", "codeberg.org", "gitcode.com")


def kind_of(word):
    """Return the kind of session that a word means, or None."""
    word = str(word or "").strip().lower()
    if word in Kind.values:
        return Kind(word)
    return next((kind for kind, known in KINDS if any(one in word for one in known)), None)


def read_kind(session, word):
    """Set the kind of a session by a word; a word not known is kept, and the session is a talk."""
    kind = kind_of(word)
    session.kind = kind or Kind.TALK
    if kind is None and str(word or "").strip().lower() not in ("", "other"):
        session.keep("kind", word, _("unknown kind of session; taken for a talk"))


def read_language(session, said):
    """Set the languages of a session: "de, en", "中文" and the like, as tags with commas."""
    tags = []
    for word in _words_in(said):
        tag = _tag(word)
        if tag is None:
            session.keep("language", word, _("unknown language"))
        elif tag not in tags:
            tags.append(tag)
    while len(",".join(tags)) > MOST_TAGS:
        session.keep("language", tags.pop(), _("too many languages"))
    session.language = ",".join(tags)


def languages_of(said):
    """Return what `read_language` makes of a text in which it understands everything."""
    return ",".join(dict.fromkeys(filter(None, map(_tag, _words_in(said)))))


def _words_in(said):
    return filter(None, map(str.strip, BETWEEN.split(BOTH.sub("zh, en", line_of(said or "").lower()))))


def _tag(word):
    return LANGUAGES.get(word) or (word if TAG.fullmatch(word) else None)


def read_level(session, said):
    word = str(said or "").strip()
    session.level = LEVELS.get(word.lower(), word if word in Level.values else Level.UNKNOWN)
    if word and not session.level:
        session.keep("level", word, _("unknown level"))


def read_link(session, kind, said, title="", base=""):
    """Add a link to a session; text that is none is kept in words.

    `base` is the address of the file's site, for addresses that begin with "/".
    """
    address = str(said or "").strip()
    if not address:
        return
    try:
        if address.startswith("/"):
            address = urljoin(base or "https:", address)
        validate_web_address(address)
        if len(address) > LONGEST_ADDRESS:
            raise ValueError("longer than the column")
    except (ValidationError, ValueError):
        session.keep(kind or "link", said, _("not a web address"))
        return
    session.links = session.links or []
    link = (kind or kind_of_link(address), address, line_of(title)[:200])
    if link[:2] not in [one[:2] for one in session.links]:
        session.links.append(link)


def kind_of_link(address):
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return "code" if host in CODE_HOSTS else "other"
