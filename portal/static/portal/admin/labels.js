// What is chosen by typing is drawn by the stock admin's select2, which forgets what the field is called: say it again.

const $ = window.django.jQuery;
const DRAWN = ".select2-selection, .select2-selection__rendered, .select2-search__field";

function labelOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (label) label.id ||= `label-of-${select.id}`;
  return label;
}

function name(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const label = labelOf(select), drawn = select.nextElementSibling;
    if (!label || !drawn?.matches(".select2")) continue;
    for (const part of drawn.querySelectorAll(DRAWN)) {
      const chosen = part.matches(".select2-selection--single") ? part.querySelector(".select2-selection__rendered").id : "";
      part.setAttribute("aria-labelledby", `${label.id} ${chosen}`.trim());
    }
  }
}

// After the stock script, which draws them once the document is ready, and again when a card is added.
$(() => name(document));
document.addEventListener("formset:added", (event) => name(event.target));
$(document).on("select2:open", (event) => {
  const label = labelOf(event.target);
  if (label) document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-labelledby", label.id);
});
