// One box that ticks all photos of the page.

const all = document.getElementById("tick-all");
const boxes = () => document.querySelectorAll(".photo-choice input[type='checkbox']");
if (all) {
  all.parentElement.hidden = false;
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
}
