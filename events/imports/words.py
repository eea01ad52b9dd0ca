"""Words and times as people write them, into ours. What is not understood comes back as such, never guessed."""

import re
from datetime import datetime, timedelta
from inspect import cleandoc
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.models import Session
from portal.html_to_markdown import html_to_markdown, looks_like_html
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
        session.keep("kind", word, _("no kind of session known here; taken for a talk"))


def read_language(session, said):
    """Set the languages of a session: "de, en", "中文" and the like, as tags with commas."""
    tags = []
    for word in filter(None, map(str.strip, BETWEEN.split(str(said or "").lower()))):
        tag = LANGUAGES.get(word) or (word if TAG.fullmatch(word) else None)
        if tag is None:
            session.keep("language", word, _("no language known here"))
        elif tag not in tags:
            tags.append(tag)
    while len(",".join(tags)) > MOST_TAGS:
        session.keep("language", tags.pop(), _("more languages than there is room for"))
    session.language = ",".join(tags)


def read_level(session, said):
    word = str(said or "").strip()
    session.level = LEVELS.get(word.lower(), word if word in Level.values else Level.UNKNOWN)
    if word and not session.level:
        session.keep("level", word, _("no level known here"))


def moment_of(said):
    """Return the datetime, aware or naive, that a text means; None where it means none."""
    if isinstance(said, datetime):
        return said
    text = str(said or "").strip().replace("Z", "+00:00").replace("/", "-")
    text = re.sub(r"\s*([+-]\d\d:?\d\d)$", r"\1", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})(?::\d{2})?", text)
    try:
        return datetime(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def length_of(said):
    """Return the timedelta of "01:30" (hours first) or "1:02:30" (days first); None for anything else."""
    if isinstance(said, (int, float)) and not isinstance(said, bool) and 0 <= said < 100_000:
        return timedelta(minutes=said)
    match = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})", str(said or "").strip())
    if match is None:
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def read_times(session, starts, *, ends=None, length=None):
    """Set when a session is, by its start and its end or length; what is no time is kept, and told."""
    session.starts = moment_of(starts)
    if session.starts is None:
        if starts:
            session.keep("starts", starts, _("no time"))
        return
    if ends:
        session.ends = moment_of(ends)
        if session.ends is None:
            session.keep("ends", ends, _("no time"))
    elif length:
        span = length_of(length)
        if span is None:
            session.keep("duration", length, _("no duration"))
        session.ends = session.starts + span if span else None
    if session.ends and (session.ends.tzinfo is None) != (session.starts.tzinfo is None):
        session.ends = session.ends.replace(tzinfo=session.starts.tzinfo)
    if session.ends and session.ends <= session.starts:
        if session.ends < session.starts:
            session.keep("ends", ends or length, _("before its start"))
        session.ends = None


def read_link(session, kind, said, title=""):
    """Add a link to a session; text that is none is kept in words."""
    address = str(said or "").strip()
    if not address:
        return
    address = f"https:{address}" if address.startswith("//") else address
    try:
        validate_web_address(address)
        if len(address) > 500:
            raise ValidationError("too long")
    except ValidationError:
        session.keep(kind or "link", said, _("no web address"))
        return
    session.links = session.links or []
    link = (kind or kind_of_link(address), address, str(title or "").strip()[:200])
    if link[:2] not in [one[:2] for one in session.links]:
        session.links.append(link)


def kind_of_link(address):
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return "code" if host in CODE_HOSTS else "other"


def text_of(said, is_markdown=False):
    """Return a text with plain line ends. HTML becomes Markdown, and what was hostile in it is gone.

    `is_markdown` says that the text is ours already: then it is taken as it is.
    """
    text = str(said or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if is_markdown:
        return text
    # What was indented with the file would become code.
    return html_to_markdown(text) if looks_like_html(text) else cleandoc(text)


def line_of(said):
    """Return a text as one line."""
    return " ".join(str(said or "").replace("\x00", "").split())
