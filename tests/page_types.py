"""One page of every type, as an address of the demo behind /zh-hans/ or /en/.

A name in angle brackets stands for the first row of that kind which the demo
has. The addresses are a contract: a page type that is missing here fails a test.
"""

PAGE_TYPES = {
    "home": "",
    "conferences": "conferences/",
    "conferences of a year": "conferences/?year=2023",
    "no conference found": "conferences/?q=nothing-is-called-this",
    "a nonsense filter": "conferences/?year=soon",
    "series": "conferences/series/coscon/",
    "conference on site": "conferences/coscon-2017/",
    "conference in many cities": "conferences/coscon-2021/",
    "conference with forums": "conferences/coscon-2023/",
    "conference of a month": "conferences/gotc-2023/",
    "forums": "conferences/coscon-2023/forums/",
    "forum": "conferences/coscon-2023/forums/<forum>/",
    "session": "conferences/coscon-2017/sessions/<code>/",
    "speakers": "conferences/coscon-2017/speakers/",
    "venue": "conferences/coscon-2021/venues/<venue>/",
    "partners": "conferences/coscon-2021/partners/",
    "volunteers": "conferences/coscon-2021/volunteers/",
    "photos of a conference": "conferences/coscon-2023/photos/",
    "meetups": "meetups/",
    "no meetup found": "meetups/?q=nothing-is-called-this",
    "meetup": "meetups/<meetup>/",
    "chapters": "chapters/",
    "chapter": "chapters/changsha/",
    "chapter without a lead": "chapters/chengdu/",
    "person": "people/<person>/",
    "organization": "organizations/<organization>/",
    "photos": "photos/",
    "album": "photos/<album>/",
    "news": "news/",
    "article": "news/<article>/",
    "about": "pages/about/",
    "code of conduct": "pages/code-of-conduct/",
    "privacy": "pages/privacy/",
    "search": "search/",
    "search with results": "search/?q=开源",
    "search without results": "search/?q=nothing-is-called-this",
    "not found": "no-such-page/",
}
LANGUAGES = ("zh-hans", "en")
