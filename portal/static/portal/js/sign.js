// A sign in the hall: it goes by its own clock, fetches news every minute, and goes on without a network.
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
  document.getElementById("clock").textContent = new Date(now).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
  });
}

async function fetchNews() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("sign-sessions");
    if (!fresh) throw new Error("another page");
    document.getElementById("sign-sessions").replaceWith(document.adoptNode(fresh));
    lost.hidden = true;
  } catch {
    if (lost.hidden) lost.querySelector("time").textContent = new Date().toLocaleTimeString(document.documentElement.lang);
    lost.hidden = false;
  }
  show();
}

show();
setInterval(show, 10_000);
setInterval(fetchNews, NEWS);
