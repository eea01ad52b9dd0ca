// My schedule: of all sessions the starred ones, with a word where two are at the same time.
import { keep, stars, words } from "./stars.js";

const slots = [...document.querySelectorAll("#mine .slot")];
const link = document.getElementById("mine-link");

function span(slot) {
  const time = slot.querySelector("time");
  const starts = Date.parse(time.dateTime);
  return [starts, time.dataset.ends ? Date.parse(time.dataset.ends) : starts + 1];
}

function show() {
  const starred = stars();
  const shown = slots.filter((slot) => starred.has(slot.dataset.session));
  for (const slot of slots) slot.hidden = !shown.includes(slot);
  for (const day of document.querySelectorAll("#mine .slot-day")) day.hidden = !day.querySelector(".slot:not([hidden])");
  document.getElementById("mine-empty").hidden = shown.length > 0;
  document.getElementById("mine-tools").hidden = shown.length === 0;
  document.getElementById("mine").classList.add("is-shown");
  for (const slot of shown) {
    slot.querySelector(".clash")?.remove();
    const [starts, ends] = span(slot);
    const others = shown.filter((other) => other !== slot && span(other)[0] < ends && starts < span(other)[1]);
    if (!others.length) continue;
    const clash = document.createElement("p");
    clash.className = "clash";
    clash.textContent = `${words.dataset.clash} ${others.map((other) => other.querySelector("h3").textContent).join(" · ")}`;
    slot.append(clash);
  }
}

async function hand(out) {
  const failed = document.getElementById("mine-failed");
  failed.hidden = true;
  let kept;
  try {
    kept = await keep();
  } catch (problem) {
    failed.textContent = problem.message === "429" ? failed.dataset.many : failed.dataset.network;
    failed.hidden = false;
    return;
  }
  const label = link.parentElement.querySelector("label");
  label.textContent = label.dataset[out];
  link.value = kept[out];
  link.parentElement.querySelector("[data-copy]").dataset.copy = kept[out];
  link.parentElement.hidden = false;
  link.select();
}

document.querySelector("[data-subscribe]").addEventListener("click", () => hand("calendar"));
document.querySelector("[data-hand-on]").addEventListener("click", () => hand("shared"));
addEventListener("stars", show);
show();
