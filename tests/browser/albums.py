"""What a phone meets on an album's page: weight of the first view, layout shift, the picture that is waited for."""

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}

MEASURE = """
() => new Promise((resolve) => {
  const found = { shift: 0, awaited: "", lazy: false };
  new PerformanceObserver((list) => { for (const one of list.getEntries()) found.shift += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1);
    found.awaited = last.element?.tagName || "";
    found.lazy = last.element?.loading === "lazy";
  }).observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => resolve(found), 500);
})
"""
IN_VIEW = """
() => [...document.images].filter((image) => {
  const box = image.getBoundingClientRect();
  return box.top < innerHeight && box.bottom > 0 && box.right > 0 && box.left < innerWidth;
}).map((image) => new URL(image.currentSrc).pathname)
"""


def look_at(browser, address):
    """Return the figures of a page on a phone: bytes of pictures in the first view and in all that it loads unasked."""
    with browser.new_context(**PHONE) as context:
        page, weights = context.new_page(), {}

        def weigh(request):
            if request.resource_type == "image" and request.url.startswith("http"):
                weights[request.url] = request.sizes()["responseBodySize"]

        page.on("requestfinished", weigh)
        page.goto(address, wait_until="networkidle")
        found = page.evaluate(MEASURE)
        in_view = set(page.evaluate(IN_VIEW))
        seen = sum(size for url, size in weights.items() if "/" + url.split("/", 3)[3] in in_view)
    return {
        "first view": seen,
        "loaded unasked": sum(weights.values()),
        "pictures": len(weights),
        "shift": found["shift"],
        "waited for": found["awaited"],
        "lazy": found["lazy"],
    }
