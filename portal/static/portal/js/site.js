// Improvements only: every page works without this file.

const say = (button, words) => {
  const before = button.textContent;
  button.textContent = words;
  setTimeout(() => { button.textContent = before; }, 2000);
};

// <button data-copy="text" data-copied="Copied" hidden>: shown where the browser can copy. Some say they can and do not
// (apps that show pages in a window of their own): there the text stands, chosen already.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(button, button.dataset.copied);
    } catch {
      const shown = [...document.querySelectorAll("input[readonly]")].find(({ value }) => value === button.dataset.copy);
      const field = shown || Object.assign(document.createElement("input"), { value: button.dataset.copy, readOnly: true });
      if (!shown) {
        field.setAttribute("aria-label", button.textContent.trim());
        button.before(field);
      }
      field.select();
    }
  });
}

// <button data-share hidden>: the phone's own way to pass a page on.
for (const button of document.querySelectorAll("button[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: location.href }).catch(() => {}));
}

// A filter form sends what was chosen, not a row of empty fields: the address stays short enough to share.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (!field.value) field.disabled = true;
  });
}
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const field of document.querySelectorAll("form.filters :disabled")) field.disabled = false;
});

// A strip wider than the phone begins at the page one is on.
for (const current of document.querySelectorAll(".toc [aria-current], .masthead-nav [aria-current]")) {
  const strip = current.closest(".toc > ul, .masthead-nav");
  const [here, seen] = [current.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += here.left + here.width / 2 - (seen.left + seen.width / 2);
}

// The strip of a long page marks the part that is being read.
const toc = document.querySelector(".toc");
if (toc && "IntersectionObserver" in window) {
  const links = new Map([...toc.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const strip = toc.querySelector("ul");
  const mark = (link) => {
    for (const other of links.values()) other.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    strip.scrollTo({ left: link ? link.offsetLeft - 24 : 0 });
  };
  const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const watcher = new IntersectionObserver((entries) => {
    const read = entries.findLast(({ isIntersecting }) => isIntersecting);
    if (read) mark(links.get(read.target.id));
    else if (parts[0].getBoundingClientRect().top > window.innerHeight * .3) mark(null); // back above the first of them
  }, { rootMargin: "-20% 0px -70% 0px" });
  for (const part of parts) watcher.observe(part);
}
