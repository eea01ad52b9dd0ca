"""Large Chinese titles break between words: 四方坪夜市的 / 第二轮, not 四方坪夜 / 市的第二轮.

Chinese writes no spaces, and a browser breaks it anywhere. So a title says where it may break (`<wbr>`), and base.css
forbids the rest. The words are guessed by BudouX, a model of 64 kB. Where it knows no word, above all in names, it
leaves single characters behind (霍|太|稳, 开源|社, 崛|起). Hardly any of them is a word by itself, so each is put back
to what it stands beside: a name is parted only where BudouX takes two words for it.
"""

import re
from functools import cache

from budoux import load_default_simplified_chinese_parser
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

WBR = mark_safe("<wbr>")
# Between two of these a break may be offered; a mark that ends a phrase is never parted from it, nor one that opens it.
HAN = r"[㐀-鿿]"
ENDS, OPENS = r"[，。、：；！？…）》」』”’]", r"[（《「『“‘]"
MAY_BREAK = re.compile(rf"{HAN}{HAN}|{ENDS}{HAN}|{ENDS}{OPENS}|{HAN}{OPENS}")

# Words of our field that BudouX does not know, and parts in their middle; and where Chinese begins after Latin.
PIECES = re.compile(rf"(?<=[ -~])(?={HAN})|(主论坛|分论坛|论坛|市集|闪电演讲|出品人|午餐会|区块链|计算机)")
SINGLE = re.compile(rf"{HAN}{ENDS}*")
# What ends a phrase and never begins one: 社区的 / 艺术.
PARTICLE = re.compile(rf"[的了着们之里上下中内外]{ENDS}*|的(?!{HAN}).*")
# What begins a phrase and never ends one: 年会 / 暨社庆.
JOINER = re.compile("[与和及暨或]")
# What is counted stays with its number: 第六届 / 中国, 两项 / 合作.
NUMBER = re.compile(r"[第一二三四五六七八九十百千万两几半每这那\d]$")
MEASURE = re.compile(rf"[届次场天年月日期轮位名个项块座站城家人种件份点分秒周季节]{ENDS}*")
LONGEST = 7  # characters of a phrase that single ones make


def in_phrases(title):
    """Return the title as HTML with a `<wbr>` between its phrases; as it is, where it holds no Chinese."""
    return format_html_join(WBR, "{}", ((phrase,) for phrase in phrases(title)))


def phrases(title):
    """Return the parts of a title between which it may break; together they are the title."""
    if not re.search(HAN, title):
        return [title]
    parts, leans = [], False
    chunks = [chunk for piece in PIECES.split(title) if piece for chunk in _parser().parse(piece)]
    for chunk, after in zip(chunks, [*chunks[1:], ""], strict=True):
        before = parts[-1] if parts else ""
        ends = _ends_a_phrase(before, chunk, after)
        if before and (not MAY_BREAK.fullmatch(before[-1] + chunk[0]) or _is_one(before, chunk, leans or ends)):
            parts[-1] += chunk
        else:
            parts.append(chunk)
        leans = not ends and SINGLE.fullmatch(chunk) is not None
    return parts


def _ends_a_phrase(before, chunk, after):
    """Whether a chunk belongs to what is before it: a particle, what is counted, a character with nothing after it."""
    if PARTICLE.fullmatch(chunk) or (NUMBER.search(before) and MEASURE.fullmatch(chunk)):
        return True
    if not SINGLE.fullmatch(chunk) or JOINER.fullmatch(chunk):
        return False
    is_last = not re.fullmatch(HAN * 2, chunk[-1] + after[:1])
    return is_last or bool(PARTICLE.fullmatch(after) or JOINER.fullmatch(after))


def _is_one(before, chunk, leaning):
    """Whether two chunks make a phrase, since one of them leans on the other."""
    beside = re.search(f"{HAN}*$", before)[0]
    return leaning and beside != "" and len(beside + chunk) <= LONGEST


@cache
def _parser():
    return load_default_simplified_chinese_parser()
