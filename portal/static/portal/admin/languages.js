// Both languages side by side, or one of them: the choice is kept in this browser.

const KEY = "organizers-language";
const fields = [...document.querySelectorAll("[data-language]")].filter((field) => field.closest(".fieldBox, .form-row"));
const codes = [...new Set(fields.map((field) => field.dataset.language))];

function boxOf(field) {
  const box = field.closest(".fieldBox");
  return box ? box.parentElement : field.closest(".form-row");
}

function apply(choice) {
  document.documentElement.dataset.shownLanguage = choice;
  for (const field of document.querySelectorAll("[data-language]")) {
    const box = boxOf(field);
    if (!box) continue;
    const failed = box.querySelector(".errorlist");
    box.classList.toggle("other-language", choice !== "both" && field.dataset.language !== choice && !failed);
  }
}

if (codes.length > 1) {
  const holder = document.getElementById("language-choice");
  if (holder) {
    holder.hidden = false;
    const kept = localStorage.getItem(KEY) || "both";
    for (const radio of holder.querySelectorAll("input")) {
      radio.checked = radio.value === kept;
      radio.addEventListener("change", () => { localStorage.setItem(KEY, radio.value); apply(radio.value); });
    }
    apply(kept);
    document.addEventListener("formset:added", () => apply(localStorage.getItem(KEY) || "both"));
  }
}
