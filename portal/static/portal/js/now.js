// Now and next goes by the reader's clock: what ends goes, what is next moves up, without a network.
const rooms = [...document.querySelectorAll(".rooms-now section")];
const AHEAD = 12 * 3_600_000;

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
    const ahead = all.filter(({ starts }) => now < starts && starts <= now + AHEAD);
    const next = ahead.filter(({ starts }) => starts === ahead[0].starts);
    let on = all.filter(({ starts, ends }) => starts <= now && ends && now < ends);
    // Without an end it is on until the next one begins.
    const last = all.filter(({ starts }) => starts <= now).at(-1);
    if (!on.length && last && !last.ends && ahead.length) on = [last];
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
