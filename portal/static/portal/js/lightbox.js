// Photos of an album over the whole screen: keys, swipe, zoom. Every photo has a page of its own without it.

const words = document.getElementById("lightbox-words").dataset;
const links = [...document.querySelectorAll(".photos a[data-size]")];

// What the browser took for the grid tells whether it can show AVIF.
const item = (link) => {
  const [width, height] = link.dataset.size.split("x").map(Number);
  const shown = link.querySelector("picture img");
  const avif = shown.currentSrc.endsWith(".avif");
  return {
    src: link.dataset.full,
    srcset: avif ? link.dataset.fullSetAvif : link.dataset.fullSet,
    width, height,
    alt: shown.alt,
    msrc: shown.currentSrc,
    element: link,
  };
};

function caption(lightbox) {
  lightbox.on("uiRegister", () => lightbox.ui.registerElement({
    name: "caption",
    order: 9,
    isButton: false,
    appendTo: "root",
    onInit: (element) => lightbox.on("change", () => {
      const link = lightbox.currSlide.data.element;
      const page = document.createElement("a");
      page.href = link.href;
      page.textContent = words.page;
      element.className = "lightbox-caption";
      element.replaceChildren(link.parentElement.querySelector("figcaption")?.textContent || "", " ", page);
    }),
  }));
}

async function show(index, opener) {
  const { default: PhotoSwipe } = await import(words.photoswipe);
  const lightbox = new PhotoSwipe({
    dataSource: links.map(item),
    index,
    bgOpacity: 0.94,
    loop: false,
    showHideAnimationType: matchMedia("(prefers-reduced-motion: reduce)").matches ? "none" : "zoom",
    closeTitle: words.close,
    zoomTitle: words.zoom,
    arrowPrevTitle: words.prev,
    arrowNextTitle: words.next,
    errorMsg: words.failed,
  });
  lightbox.addFilter("thumbEl", (thumb, data) => data.element.querySelector("picture img"));
  caption(lightbox);
  lightbox.on("destroy", () => opener.focus());
  lightbox.init();
}

links.forEach((link, index) => link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(index, link).catch(() => { location.href = link.href; });
}));
