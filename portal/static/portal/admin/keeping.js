// A lost session or network keeps what was typed: a copy stays in this browser until the server has saved it.

const words = JSON.parse(document.getElementById("admin-words")?.textContent || "{}");
const form = document.querySelector("body.change-form form[id$='_form']");
const key = `typed:${location.pathname}`;
const SENT = "typed-sent";

function typed() {
  const values = {};
  for (const field of form.elements) {
    const plain = field.name && !["file", "password", "hidden", "submit", "button"].includes(field.type);
    if (plain && field.name !== "csrfmiddlewaretoken") {
      if (field.type === "checkbox" || field.type === "radio") values[`${field.name}=${field.value}`] = field.checked;
      else if (field.tagName !== "SELECT" || !field.matches(".admin-autocomplete")) values[field.name] = field.value;
    }
  }
  return values;
}

function restore(values) {
  for (const field of form.elements) {
    const toggle = `${field.name}=${field.value}`;
    if (toggle in values) field.checked = values[toggle];
    else if (field.name in values) field.value = values[field.name];
  }
}

function offer(kept) {
  const bar = document.createElement("p");
  bar.className = "kept";
  bar.setAttribute("role", "status");
  bar.textContent = `${words.kept} (${new Date(kept.at).toLocaleString(document.documentElement.lang)}) `;
  const choice = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => { act(); bar.remove(); });
    bar.append(button, " ");
  };
  choice(words.restore, () => restore(kept.values));
  choice(words.discard, () => localStorage.removeItem(key));
  form.before(bar);
}

const sent = sessionStorage.getItem(SENT);
const failed = document.querySelector(".errornote") || document.body.matches(".login");
if (sent && !failed) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

if (form) {
  const asServed = JSON.stringify(typed());
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  if (kept && !failed && JSON.stringify(kept.values) !== asServed) offer(kept);
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: typed() })), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sessionStorage.setItem(SENT, key);
  });
}
