// Keeps the pages of schedules that were visited, and answers with them where there is no network. A kept page is
// marked with the moment it was fetched (data-kept), so that it can say that it may be old.
const PAGES = "schedules-1";
const FILES = "schedule-files-1";
const MOST = { [PAGES]: 150, [FILES]: 300 };
const PATIENCE = 6_000; // as long as a crowded hall may keep one waiting
const FRESH = 600_000; // what was fetched since needs no second fetching
const PAGE =
  /^\/[a-z-]+\/conferences\/[a-z0-9-]+\/(?:schedule\/(?:mine\/|now\/|sign\/[a-z0-9-]+\/[a-z0-9-]+\/)?|sessions\/[A-Z0-9]{6}\/)$/;

const isPage = (url) => url.origin === location.origin && PAGE.test(url.pathname);
const isFile = (url) => url.origin === location.origin && (url.pathname.startsWith("/static/") || url.pathname === "/theme.css");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (isPage(url) && (request.mode === "navigate" || request.headers.get("Accept") === "text/html")) {
    event.respondWith(page(event, url));
  } else if (isFile(url)) event.respondWith(file(request));
});

// A page that has just loaded names itself, and what else the reader will want in the hall.
self.addEventListener("message", (event) => {
  const { pages = [], files = [] } = event.data || {};
  const wanted = (addresses, is) => [...new Set(addresses)].map((address) => new URL(address, location.href)).filter(is);
  event.waitUntil(
    Promise.allSettled([
      ...wanted(pages, isPage).map(renew),
      ...wanted(files, isFile).map((url) => file(new Request(url.href))),
    ]),
  );
});

// Filters make pages of their own; a place on the page does not.
const named = (url) => url.pathname + url.search;

const fetchedAt = (answer) => Date.parse(answer.headers.get("Date")) || 0;

async function renew(url) {
  const kept = await (await caches.open(PAGES)).match(named(url));
  if (kept && Date.now() - fetchedAt(kept) < FRESH) return;
  await keep(PAGES, named(url), await fetch(url.href));
}

async function keep(name, key, answer) {
  if (!answer.ok || answer.redirected) return;
  const kept = await caches.open(name);
  await kept.put(key, answer.clone()); // in one go; what is kept again counts as new
  const keys = await kept.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[name])).map((old) => kept.delete(old)));
}

async function page(event, url) {
  const pages = await caches.open(PAGES);
  const kept = (await pages.match(named(url))) || (await pages.match(url.pathname));
  const asked = fetch(event.request).then(async (answer) => {
    if (answer.status >= 500) throw new Error(answer.status);
    if (answer.status === 404 || answer.status === 410) await pages.delete(named(url));
    await keep(PAGES, named(url), answer);
    return answer;
  });
  if (!kept) return asked;
  event.waitUntil(asked.catch(() => {}));
  const waited = new Promise((_, give) => setTimeout(() => give(new Error("waited")), PATIENCE));
  return Promise.race([asked, waited]).catch(() => marked(kept));
}

async function marked(kept) {
  const text = (await kept.text()).replace("<html ", `<html data-kept="${fetchedAt(kept)}" `);
  const headers = new Headers(kept.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(text, { headers });
}

// What is under a hashed name, or a theme of a version, never changes.
async function file(request) {
  const kept = await (await caches.open(FILES)).match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  await keep(FILES, request, answer);
  return answer;
}
