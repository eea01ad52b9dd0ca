// A sign in the hall: it goes by its own clock, fetches news every minute, and goes on without a network; it even
// starts without one, from the copy of last time.
import { keepCopies } from "./copies.js";
import { time } from "./moments.js";
import { onAndNext } from "./on_and_next.js";

const NEWS = 60_000;
const lost = document.getElementById("sign-lost");
const clock = document.getElementById("clock");

// By the clock of the hall, whatever the screen is set to.
function hallTime(moment) {
  try {
    return time(moment, clock.dataset.zone);
  } catch {
    return time(moment); // a browser that does not know the zone
  }
}

function span(session) {
  const { starts, ends } = session.dataset;
  return { session, starts: Date.parse(starts), ends: ends ? Date.parse(ends) : null };
}

function show() {
  const now = Date.now();
  const all = [...document.querySelectorAll(".sign-session")].map(span);
  const { on, next } = onAndNext(all, now);
  for (const one of all) {
    const { session } = one;
    const isOn = on.includes(one);
    const mark = session.querySelector("b");
    session.hidden = !isOn && !next.includes(one);
    session.classList.toggle("is-on", isOn);
    mark.textContent = isOn ? mark.dataset.on : mark.dataset.next;
  }
  document.getElementById("sign-nothing").hidden = on.length + next.length > 0;
  clock.textContent = hallTime(new Date(now));
}

function tellLost(since) {
  if (lost.hidden) lost.querySelector("span").textContent = hallTime(since);
  lost.hidden = false;
}

async function fetchNews() {
  try {
    const headers = { Accept: "text/html" };
    const answer = await fetch(location.href, { headers, cache: "no-store", signal: AbortSignal.timeout(NEWS / 2) });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("sign-sessions");
    if (!fresh) throw new Error("another page");
    document.getElementById("sign-sessions").replaceWith(document.adoptNode(fresh));
    const { kept } = page.documentElement.dataset;
    if (kept) tellLost(new Date(Number(kept)));
    else lost.hidden = true;
  } catch {
    tellLost(new Date());
  }
  show();
}

const { kept } = document.documentElement.dataset;
if (kept) tellLost(new Date(Number(kept)));
show();
setInterval(show, 10_000);
setInterval(fetchNews, NEWS);
keepCopies(document.body.dataset.worker);
