// Photos of an album over the whole screen: keys, swipe, zoom. Every photo has a page of its own without it.
//
// It is an entry of the browser's history, which holds the number of the photo: so "back" closes it, as it closes
// whatever fills a phone, and coming back from the photo's own page, or loading the album anew, finds it open.

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

let shown = null;

async function show(index) {
  const { default: PhotoSwipe } = await import(words.photoswipe);
  const lightbox = shown = new PhotoSwipe({
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
  lightbox.on("change", () => history.replaceState({ photo: lightbox.currIndex }, ""));
  lightbox.on("close", () => { if (photoOf(history.state)) history.back(); });
  lightbox.on("destroy", () => {
    if (shown === lightbox) shown = null;
    links[lightbox.currIndex].focus();
  });
  lightbox.init();
}

// The link of the photo that an entry of the history is open at.
const photoOf = (state) => links[state?.photo];

function follow(state) {
  if (!photoOf(state)) shown?.close();
  else if (!shown) show(state.photo).catch(() => {});
}

addEventListener("popstate", (event) => follow(event.state));
follow(history.state);

links.forEach((link, index) => link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState({ photo: index }, "");
  show(index).catch(() => location.replace(link.href));
}));
