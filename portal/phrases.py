"""Large Chinese titles break between words: 四方坪夜市的 / 第二轮, not 四方坪夜 / 市的第二轮.

Chinese writes no spaces, and a browser breaks it anywhere. So a title says where it may break (`<wbr>`), and base.css
forbids the rest. The words are guessed by BudouX, a model of 64 kB; a wrong guess breaks where a browser might have.
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


def in_phrases(title):
    """Return the title as HTML with a `<wbr>` between its phrases; as it is, where it holds no Chinese."""
    return format_html_join(WBR, "{}", ((phrase,) for phrase in phrases(title)))


def phrases(title):
    """Return the parts of a title between which it may break; together they are the title."""
    if not re.search(HAN, title):
        return [title]
    parts = []
    for chunk in _parser().parse(title):
        if parts and not MAY_BREAK.fullmatch(parts[-1][-1] + chunk[0]):
            parts[-1] += chunk
        else:
            parts.append(chunk)
    return parts


@cache
def _parser():
    return load_default_simplified_chinese_parser()
