// The stars of a conference: kept in this browser, and sent to the list of them that somebody subscribes to.
export const words = document.getElementById("stars");
const key = `stars:${words?.dataset.conference}`;
const ownToken = `${key}:token`; // of the list; not in its addresses, which only read
const unsent = `${key}:unsent`;

// A browser that may keep nothing says so by an exception.
function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const store = storage();
export const canStar = Boolean(words && store);
export const stars = () => new Set(JSON.parse(store?.getItem(key) || "[]"));

async function send() {
  const starred = store.getItem(key);
  const answer = await fetch(words.dataset.keep, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ codes: [...stars()], token: store.getItem(ownToken) }),
    keepalive: true,
  });
  if (!answer.ok) throw new Error(answer.status);
  const kept = await answer.json();
  store.setItem(ownToken, kept.token);
  if (store.getItem(key) === starred) store.removeItem(unsent);
  return kept;
}

// One after another, so that what was sent last arrives last.
let sending = Promise.resolve();

// Returns a promise of the list's addresses, {calendar, shared}; where it fails, with the answer's status, if there was one.
export function keep() {
  sending = sending.catch(() => {}).then(send);
  return sending;
}

// A list that is subscribed to follows the stars: at once, or, after a lost network, with the next one.
function follow() {
  if (store.getItem(ownToken) && store.getItem(unsent)) keep().catch(() => {}); // they stay unsent
}

export function toggle(code) {
  const now = stars();
  const isStarred = !now.delete(code);
  if (isStarred) now.add(code);
  store.setItem(key, JSON.stringify([...now].sort()));
  store.setItem(unsent, "1");
  follow();
  dispatchEvent(new CustomEvent("stars"));
}

if (canStar) {
  // Another tab may have changed them.
  addEventListener("storage", (event) => event.key === key && dispatchEvent(new CustomEvent("stars")));
  addEventListener("online", follow);
  follow();
}
