"""Two files that are one post in two languages: lunch.zh.md and lunch.en.md, lunch.md and lunch.en.md, zh/lunch.md and
en/lunch.md.
"""

import re
from collections import defaultdict
from pathlib import PurePosixPath

CODES = {
    **dict.fromkeys(("zh", "cn", "zh-cn", "zh_cn", "zh-hans", "zh-hant", "zh-tw", "zh_tw"), "zh-hans"),
    **dict.fromkeys(("en", "en-us", "en_us", "en-gb"), "en"),
}
SUFFIX = re.compile(r"(.+)\.([A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)")


def without_language(path):
    """Return (the path of a post without what names its language, that language or "").

    >>> without_language("_posts/2023-10-22-lunch.en.md")
    ('_posts/2023-10-22-lunch.md', 'en')
    >>> without_language("zh/lunch.md")
    ('*/lunch.md', 'zh-hans')
    """
    parts = PurePosixPath(path)
    found = SUFFIX.fullmatch(parts.stem)
    if found and found[2].lower() in CODES:
        return str(parts.with_name(found[1] + parts.suffix)), CODES[found[2].lower()]
    for place, folder in enumerate(parts.parts[:-1]):
        if folder.lower() in CODES:
            return "/".join([*parts.parts[:place], "*", *parts.parts[place + 1 :]]), CODES[folder.lower()]
    return path, ""


def paired(posts, is_known):
    """Return the posts as a list of tuples, of one or of two that are one in two languages, in the order of the first.

    `is_known` tells whether a post was imported before: the known one of two comes first, else the Chinese one or that
    which names no language; two that are both known stay two. What the path says of the language is what `lang` says.
    """
    groups = defaultdict(list)
    for post in posts:
        common, language = without_language(post.path)
        if language:
            post.said.setdefault("lang", language)
        groups[common].append((language == "en", language, post))
    found = []
    for group in groups.values():
        posts_here = [post for _rank, _language, post in sorted(group, key=lambda one: one[:2])]
        languages = {language for _rank, language, _post in group}
        known = [post for post in posts_here if is_known(post)]
        if len(group) == 2 and len(languages) == 2 and len(known) < 2:
            found.append(tuple(known + [post for post in posts_here if post not in known]))
        else:
            found += [(post,) for post in posts_here]
    return sorted(found, key=lambda one: one[0].path)
