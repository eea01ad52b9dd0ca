// A list on a phone has no heads above its columns: what is edited in it says by itself what it is.

const heads = [...document.querySelectorAll("#result_list thead th")];
for (const control of document.querySelectorAll("#result_list td :is(select, input[type=checkbox], input[type=text])")) {
  const cell = control.closest("td");
  const head = heads[cell.cellIndex]?.querySelector(".text");
  if (head && !cell.classList.contains("action-checkbox")) cell.dataset.label = head.textContent.trim();
}
