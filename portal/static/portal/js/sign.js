// A sign in the hall: it goes by its own clock, fetches news every minute, and goes on without a network; it even
// starts without one, from the copy of last time.
import { keepCopies } from "./copies.js";
import { time } from "./moments.js";

const NEWS = 60_000;
const lost = document.getElementById("sign-lost");

function show() {
  const now = Date.now();
  const sessions = [...document.querySelectorAll(".sign-session")];
  const starts = (session) => Date.parse(session.dataset.starts);
  const ends = (session) => (session.dataset.ends ? Date.parse(session.dataset.ends) : starts(session) + 3_600_000);
  const next = Math.min(...sessions.map(starts).filter((moment) => moment > now && moment - now < 43_200_000));
  let isEmpty = true;
  for (const session of sessions) {
    const isOn = starts(session) <= now && now < ends(session);
    const isNext = starts(session) === next;
    const mark = session.querySelector("b");
    session.hidden = !isOn && !isNext;
    session.classList.toggle("is-on", isOn);
    mark.textContent = isOn ? mark.dataset.on : mark.dataset.next;
    isEmpty &&= session.hidden;
  }
  document.getElementById("sign-nothing").hidden = !isEmpty;
  document.getElementById("clock").textContent = time(new Date(now));
}

function tellLost(since) {
  if (lost.hidden) lost.querySelector("span").textContent = time(since);
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
