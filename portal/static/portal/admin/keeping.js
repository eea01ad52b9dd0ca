// A lost session or network keeps what was typed: a copy stays in this browser, under the account's number and the
// form's address, until the server has saved it. Only forms of curated rows take part (body.keeps): no account, no sign-up.
import { dayAndTime } from "../js/moments.js";

const words = JSON.parse(document.getElementById("admin-words")?.textContent || "{}");
const form = document.querySelector("body.keeps form[id$='_form']:not(#logout-form)");
const mine = `typed:${words.user}:`;
const key = mine + location.pathname;
const SENT = "typed-sent";
const DAYS = 7;

const isText = (field) => field.name && !field.disabled
  && !["file", "password", "hidden", "submit", "button"].includes(field.type);

function typed() {
  const values = {}, rows = {};
  for (const field of form.elements) {
    if (field.name.endsWith("-TOTAL_FORMS")) rows[field.name] = field.value;
    if (!isText(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") values[`${field.name}=${field.value}`] = field.checked;
    else if (field.tagName === "SELECT") values[field.name] = [...field.selectedOptions].map((one) => [one.value, one.text]);
    else values[field.name] = field.value;
  }
  return { values, rows };
}

function choose(select, chosen) {
  for (const [value, text] of chosen) {
    if (![...select.options].some((one) => one.value === value)) select.add(new Option(text, value));
  }
  for (const option of select.options) option.selected = chosen.some(([value]) => value === option.value);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function restore({ values, rows }) {
  for (const [name, total] of Object.entries(rows || {})) {
    const group = document.getElementById(`${name.slice(0, -"-TOTAL_FORMS".length)}-group`);
    for (let more = total - form.elements[name]?.value; group && more > 0; more -= 1) group.querySelector(".add-row a")?.click();
  }
  for (const field of form.elements) {
    const toggle = `${field.name}=${field.value}`;
    if (!isText(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") { if (toggle in values) field.checked = values[toggle]; }
    else if (field.tagName === "SELECT") { if (Array.isArray(values[field.name])) choose(field, values[field.name]); }
    else if (field.name in values) field.value = values[field.name];
  }
}

function offer(kept) {
  const bar = document.createElement("p");
  bar.className = "kept";
  bar.setAttribute("role", "status");
  bar.textContent = `${words.kept} (${dayAndTime(new Date(kept.at))}) `;
  const choice = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => { act(); bar.remove(); });
    bar.append(button, " ");
  };
  choice(words.restore, () => restore(kept));
  choice(words.discard, () => localStorage.removeItem(key));
  form.before(bar);
}

function forget(which) {
  for (const name of Object.keys(localStorage)) if (name.startsWith("typed:") && which(name)) localStorage.removeItem(name);
}

const old = Date.now() - DAYS * 24 * 3600 * 1000;
forget((name) => !(JSON.parse(localStorage.getItem(name))?.at > old));

const sent = sessionStorage.getItem(SENT);
if (sent && document.querySelector(".messagelist .success")) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

document.getElementById("logout-form")?.addEventListener("submit", () => {
  forget((name) => name.startsWith(mine));
  sessionStorage.removeItem(SENT);
});

if (form) {
  const asServed = JSON.stringify(typed());
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  const shown = document.querySelector(".errornote, .review");
  if (kept && !shown && JSON.stringify({ values: kept.values, rows: kept.rows }) !== asServed) offer(kept);
  let waiting;
  const keep = () => localStorage.setItem(key, JSON.stringify({ at: Date.now(), ...typed() }));
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 400); });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep();
    sessionStorage.setItem(SENT, key);
  });
}
