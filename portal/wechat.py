"""WeChat's own browser, in which many visitors open a link: it shows pages, and refuses downloads."""


def is_wechat(request):
    """Return whether the page is read inside WeChat. Whoever asks must vary the answer by `User-Agent`."""
    return "MicroMessenger" in request.headers.get("User-Agent", "")
