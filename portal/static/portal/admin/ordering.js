// Order by hand: drag by the handle (mouse, pen or finger), or the arrow buttons, in lists and in cards.
// Only the numbers in the `position` inputs change; saving the form saves the order. Without script one types them.

const words = JSON.parse(document.getElementById("admin-words")?.textContent || "{}");

function lists() {
  const table = document.querySelector("#result_list tbody");
  const found = [];
  if (table && !new URLSearchParams(location.search).has("o")) found.push({ holder: table, rows: "tr" });
  for (const group of document.querySelectorAll(".inline-group.cards > fieldset")) {
    found.push({ holder: group, rows: ":scope > .card:not(.empty-form)" });
  }
  return found.filter(({ holder }) => holder.querySelector("input[name$='-position']"));
}

const input = (row) => row.querySelector("input[name$='-position']");

function renumber({ holder, rows }) {
  const inOrder = [...holder.querySelectorAll(rows)].filter(input);
  const least = Math.min(...inOrder.map((row) => Number(input(row).value) || 0));
  inOrder.forEach((row, index) => { input(row).value = Math.max(1, least) + index; });
}

function move(list, row, step) {
  const inOrder = [...list.holder.querySelectorAll(list.rows)].filter(input);
  const other = inOrder[inOrder.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row); else other.after(row);
  renumber(list);
  row.classList.add("moved");
}

function button(label, glyph, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "step";
  made.textContent = glyph;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => { act(); made.focus(); });
  return made;
}

// Has the others pass the row until `next` follows it. It must not move itself, or browsers let go of the pointer.
function pass(row, next) {
  const all = [...row.parentElement.children];
  const [from, to] = [all.indexOf(row), next ? all.indexOf(next) : all.length];
  if (from < to) row.before(...all.slice(from + 1, to)); else row.after(...all.slice(to, from));
}

function grip(list, row) {
  const handle = document.createElement("span");
  handle.className = "grip";
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", (down) => {
    down.preventDefault();
    handle.setPointerCapture(down.pointerId);
    row.classList.add("dragged");
    const follow = (event) => {
      const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("tr, .card");
      if (!over || over === row || over.parentElement !== row.parentElement || !input(over)) return;
      const box = over.getBoundingClientRect();
      pass(row, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", follow);
      row.classList.remove("dragged");
      row.classList.add("moved");
      renumber(list);
    }, { once: true });
  });
  return handle;
}

function equip(list, row) {
  if (!input(row) || row.querySelector(".mover")) return;
  const mover = document.createElement("span");
  mover.className = "mover";
  mover.append(
    grip(list, row),
    button(words.up || "Up", "↑", () => move(list, row, -1)),
    button(words.down || "Down", "↓", () => move(list, row, 1)),
  );
  const place = row.matches("tr") ? input(row).closest("td") : row.querySelector("h3");
  place.append(mover);
  place.classList.add("has-mover");
  if (!row.matches("tr")) input(row).closest(".form-row").classList.add("by-hand");
}

for (const list of lists()) {
  list.holder.querySelectorAll(list.rows).forEach((row) => equip(list, row));
  list.holder.classList.add("ordered");
}

document.addEventListener("formset:added", (event) => {
  const holder = event.target.closest(".inline-group.cards > fieldset");
  const list = { holder, rows: ":scope > .card:not(.empty-form)" };
  if (!holder || !input(event.target)) return;
  equip(list, event.target);
  renumber(list);
});
