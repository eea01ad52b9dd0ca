"""What a real browser tells of a page: complaints while it loads, what sticks out, what axe finds."""

from axe_playwright_python.sync_playwright import Axe

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}
NARROWEST = {"width": 320, "height": 640}
SCHEMES = ("light", "dark")
TWICE_THE_LETTERS = "document.documentElement.style.fontSize = '200%'"

STICKING_OUT = """() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > edge + 1)
        .slice(0, 5)
        .map(element => element.tagName.toLowerCase() + "." + element.className);
}"""


# A link that is stretched over its card lies over the whole screen where no element around it is positioned.
COVERING = """() => [...document.links].filter((link) => {
    if (getComputedStyle(link, "::after").position !== "absolute") return false;
    for (let one = link; one; one = one.parentElement) if (getComputedStyle(one).position !== "static") return false;
    return true;
}).map((link) => link.textContent.trim())"""

# What one types into or chooses from, in letters so small that iOS zooms in on it, and stays there.
ZOOMED = """() => [...document.querySelectorAll("select, textarea, input")]
    .filter((field) => !["checkbox", "radio", "file", "submit", "hidden"].includes(field.type))
    .filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.name || field.id)"""


def complaints_of(page):
    """Return a list that fills, while `page` is used, with what its console, policy and network complain about."""
    complaints = []

    def on_console(message):
        # What failed to load is told by the answer itself, with its address.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            complaints.append(f"{message.type}: {message.text}")

    def on_request(request):
        if request.url.split(":")[0] in {"http", "https"} and not request.url.startswith(origin(page, request)):
            complaints.append(f"asks elsewhere: {request.url}")

    def on_response(response):
        if response.status >= 400 and not response.request.is_navigation_request():
            complaints.append(f"{response.status} for {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
    return complaints


def origin(page, request):
    """Return "http://host:port/" of the page that is open or being opened."""
    url = request.url if request.is_navigation_request() else page.url
    return "/".join(url.split("/")[:3]) + "/"


def sticking_out(page):
    """Return up to five elements that make the page scroll sideways, once it has come whole."""
    page.wait_for_load_state()
    return page.evaluate(STICKING_OUT)


def covering(page):
    """Return the words of links that lie over the whole page, so that whatever else is pressed leads where they do."""
    return page.evaluate(COVERING)


def zoomed(page):
    """Return the names of fields that an iPhone would zoom in on."""
    return page.evaluate(ZOOMED)


def barriers(page):
    """Return "rule (impact): where" for each serious or critical finding of axe-core."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [
        f"{finding['id']} ({finding['impact']}): {', '.join(str(node['target'][0]) for node in finding['nodes'][:4])}"
        for finding in found
        if finding["impact"] in {"serious", "critical"}
    ]
