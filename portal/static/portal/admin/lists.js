// A list on a phone: its filters are folded away, what is edited in it says by itself what it is, empty cells are gone, and
// of its head there is the box that ticks all.

const filters = document.querySelector(".list-filters");
if (filters && matchMedia("(max-width: 767px)").matches) filters.open = false;

const all = document.getElementById("action-toggle");
if (all) all.closest("th").dataset.label = all.getAttribute("aria-label");

const heads = [...document.querySelectorAll("#result_list thead th")];
for (const cell of document.querySelectorAll("#result_list tbody td:not(.action-checkbox)")) {
  const edited = cell.querySelector("select, input:not([type=hidden])");
  const head = heads[cell.cellIndex]?.querySelector(".text");
  if (edited && head) cell.dataset.label = head.textContent.trim();
  else if (!cell.children.length && ["", "-"].includes(cell.textContent.trim())) cell.classList.add("empty");
}
