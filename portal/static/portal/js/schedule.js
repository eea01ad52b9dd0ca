// Stars, the reader's own clock, what is on now, and a copy for where there is no network.
// The page says everything without it; the words come from the page.
import { keepCopies } from "./copies.js";
import { dayAndTime, weekdayAndTime } from "./moments.js";
import { canStar, stars, toggle, words } from "./stars.js";

function mark(button, isStarred) {
  button.setAttribute("aria-pressed", isStarred);
  button.setAttribute("aria-label", isStarred ? words.dataset.starred : words.dataset.star);
}

if (canStar) {
  const starred = stars();
  for (const session of document.querySelectorAll("[data-session]:not(.is-break)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "star";
    button.dataset.code = session.dataset.session;
    button.append(words.firstElementChild.cloneNode(true));
    mark(button, starred.has(button.dataset.code));
    button.addEventListener("click", () => toggle(button.dataset.code));
    session.append(button);
  }
  addEventListener("stars", () => {
    const now = stars();
    for (const button of document.querySelectorAll(".star")) mark(button, now.has(button.dataset.code));
  });
}

if (words) keepCopies(words.dataset.worker, words.dataset.copies.split(" "));

// What is on now is told by the reader's clock: the page may be an old copy, or open since the morning.
function markNow() {
  const moment = Date.now();
  for (const slot of document.querySelectorAll(".slot:not(.is-cancelled)")) {
    const time = slot.querySelector("time");
    const isOn = Date.parse(time.dateTime) <= moment && moment < Date.parse(time.dataset.ends);
    if (isOn === slot.classList.contains("is-now")) continue;
    slot.classList.toggle("is-now", isOn);
    slot.querySelector(".tag.live")?.remove();
    if (!isOn) continue;
    const tag = document.createElement("span");
    tag.className = "tag live";
    tag.textContent = words.dataset.live;
    time.after(" ", tag);
  }
}

if (words) {
  markNow();
  setInterval(markNow, 30_000);
}

// The schedule opens at what is on now. What is far below is laid out after the first sessions are seen (schedule.css);
// only then it is known where each of them stands.
function open() {
  for (const table of document.querySelectorAll(".schedule")) table.classList.add("is-whole");
  const now = document.querySelector(".schedule .slot.is-now");
  const named = document.getElementById(location.hash.slice(1));
  if (named) named.scrollIntoView();
  else if (now && !location.search) now.scrollIntoView({ block: "center" });
}

if (document.querySelector(".schedule")) addEventListener("load", () => requestAnimationFrame(() => setTimeout(open)));

// The reader's own time, where their clock shows another one.
for (const place of document.querySelectorAll("[data-moment]")) {
  const moment = new Date(place.dataset.moment);
  const [, sign, hours, minutes] = place.dataset.moment.match(/([+-])(\d\d):(\d\d)$/) || [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (-moment.getTimezoneOffset() === offset) continue;
  place.append(` · ${weekdayAndTime(moment)} ${place.dataset.words}`);
}

// A kept copy says so.
const { kept } = document.documentElement.dataset;
const notice = document.getElementById("kept-copy");
if (kept && notice) {
  notice.hidden = false;
  notice.querySelector("span").textContent = dayAndTime(new Date(Number(kept)));
}
