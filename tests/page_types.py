"""One page of every type, as an address of the demo behind /zh-hans/ or /en/.

A kind of page that visitors can reach and that is missing here fails a test.
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
    "conference ahead": "conferences/sample-conference/",
    "forums": "conferences/coscon-2023/forums/",
    "forum": "conferences/coscon-2023/forums/main-forum/",
    "session": "conferences/coscon-2017/sessions/ASFCH7/",
    "poster of a forum": "conferences/coscon-2023/forums/main-forum/poster/",
    "poster of a session": "conferences/coscon-2017/sessions/ASFCH7/poster/",
    "speakers": "conferences/coscon-2017/speakers/",
    "venue": "conferences/coscon-2021/venues/shanghai/",
    "venue called off": "conferences/coscon-2021/venues/beijing/",
    "partners": "conferences/coscon-2021/partners/",
    "volunteers": "conferences/coscon-2021/volunteers/",
    "calls for volunteers": "conferences/sample-conference/volunteer/",
    "call for volunteers": "conferences/sample-conference/volunteer/all-hands/",
    "role of volunteers": "conferences/sample-conference/volunteer/all-hands/check-in/",
    "form for volunteers": "conferences/sample-conference/volunteer/all-hands/apply/",
    "schedule": "conferences/sample-conference/schedule/",
    "my schedule": "conferences/sample-conference/schedule/mine/",
    "now and next": "conferences/sample-conference/schedule/now/",
    "sign in the hall": "conferences/sample-conference/schedule/sign/main/hall/",
    "programme for paper": "conferences/sample-conference/schedule/print/",
    "photos of a conference": "conferences/coscon-2023/photos/",
    "booths": "conferences/gotc-2023/booths/",
    "meetups": "meetups/",
    "no meetup found": "meetups/?q=nothing-is-called-this",
    "meetup": "meetups/changsha-2023-10/",
    "meetup ahead": "meetups/sample-meetup-chengdu/",
    "seat at a meetup": "meetups/sample-meetup-chengdu/register/",
    "poster of a meetup": "meetups/changsha-2023-10/poster/",
    "chapters": "chapters/",
    "chapter": "chapters/changsha/",
    "chapter without a lead": "chapters/chengdu/",
    "person": "people/zhuang-biaowei/",
    "organization": "organizations/pingcap/",
    "photos": "photos/",
    "album": "photos/coscon-2017-report/",
    "photo": "photos/coscon-2017-report/1/",
    "request to take a photo down": "photos/coscon-2017-report/1/takedown/",
    "news": "news/",
    "article": "news/coscon-2017-recap/",
    "about": "pages/about/",
    "code of conduct": "pages/code-of-conduct/",
    "privacy": "pages/privacy/",
    "search": "search/",
    "search with results": "search/?q=开源",
    "search without results": "search/?q=nothing-is-called-this",
    "not found": "no-such-page/",
}
LANGUAGES = ("zh-hans", "en")


def path_of(page_type, language):
    """Return the path of a page type in a language, from the root."""
    return f"/{language}/{PAGE_TYPES[page_type]}"
