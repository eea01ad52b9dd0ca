// A long form as sections, one shown at a time, with a row of tabs above. Without script they stand below each other.

const words = JSON.parse(document.getElementById("admin-words")?.textContent || "{}");
const form = document.querySelector(".change-form form[id$='_form']");
const sections = form ? [...form.querySelectorAll(":scope > div > fieldset.module, :scope > div > .inline-group")] : [];

const titleOf = (section) => section.querySelector("h2")?.textContent.trim();

function countOf(section) {
  if (!section.matches(".inline-group")) return "";
  return String(section.querySelectorAll(".inline-related.has_original, tr.has_original").length || "");
}

function show(chosen, tabs) {
  for (const [section, tab] of tabs) {
    section.hidden = section !== chosen;
    tab.setAttribute("aria-selected", section === chosen);
    tab.tabIndex = section === chosen ? 0 : -1;
  }
  const bar = tabs.get(chosen).parentElement, seen = tabs.get(chosen).getBoundingClientRect(), frame = bar.getBoundingClientRect();
  if (seen.left < frame.left || seen.right > frame.right) bar.scrollLeft += seen.left - frame.left;
  history.replaceState(null, "", `#${chosen.dataset.section}`);
}

if (sections.length > 2) {
  const bar = document.createElement("div");
  bar.className = "section-tabs";
  bar.setAttribute("role", "tablist");
  const tabs = new Map();
  sections.forEach((section, index) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.textContent = titleOf(section) || words.basics || String(index + 1);
    const count = countOf(section);
    if (count) tab.insertAdjacentHTML("beforeend", ` <span class="count">${count}</span>`);
    section.dataset.section = section.id || `section-${index}`;
    if (section.querySelector(".errorlist, .errors")) tab.classList.add("has-errors");
    section.setAttribute("role", "tabpanel");
    tab.addEventListener("click", () => show(section, tabs));
    tabs.set(section, tab);
    bar.append(tab);
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...bar.children];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
  sections[0].before(bar);
  const wanted = location.hash.slice(1);
  const first = sections.find((section) => section.querySelector(".errorlist, .errors"))
    || sections.find((section) => section.dataset.section === wanted) || sections[0];
  show(first, tabs);
}
