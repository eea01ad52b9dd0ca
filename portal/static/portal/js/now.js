// Now and next goes by the reader's clock: what ends goes, what is next moves up, without a network.
import { onAndNext } from "./on_and_next.js";

const rooms = [...document.querySelectorAll(".rooms-now section")];

function span(slot) {
  const time = slot.querySelector("time");
  const starts = Date.parse(time.dateTime);
  return { slot, starts, ends: time.dataset.ends ? Date.parse(time.dataset.ends) : null };
}

function show() {
  const now = Date.now();
  let isQuiet = true;
  for (const room of rooms) {
    const heading = room.querySelector(":scope > h3");
    const all = [...room.querySelectorAll(".slot")].map(span);
    const { on, next } = onAndNext(all, now);
    for (const { slot } of on) heading.before(slot);
    heading.after(...next.map(({ slot }) => slot));
    for (const { slot } of all) slot.hidden = ![...on, ...next].some((one) => one.slot === slot);
    room.querySelector(".later")?.toggleAttribute("hidden", true);
    heading.hidden = !next.length;
    room.hidden = !on.length && !next.length;
    isQuiet &&= room.hidden;
  }
  document.getElementById("now-quiet").hidden = !isQuiet;
}

show();
setInterval(show, 10_000);
