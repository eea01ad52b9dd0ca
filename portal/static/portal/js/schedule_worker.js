// Keeps the pages of schedules that were visited, and answers with them where there is no network. A kept page is
// marked with the moment it was fetched (data-kept), so that it can say that it may be old.
const PAGES = "schedules-1";
const FILES = "schedule-files-1";
const PAGE = /^\/[a-z-]+\/conferences\/[a-z0-9-]+\/(?:schedule\/(?:mine\/|now\/)?|sessions\/[A-Z0-9]{6}\/)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event.request, url));
  else if (url.pathname.startsWith("/static/") || url.pathname === "/theme.css") event.respondWith(file(event.request));
});

async function page(request, url) {
  const pages = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok) await pages.put(url.pathname, answer.clone());
    else if (answer.status === 404) await pages.delete(url.pathname);
    return answer;
  } catch (error) {
    const kept = await pages.match(url.pathname);
    if (!kept) throw error;
    const fetched = Date.parse(kept.headers.get("Date")) || Date.now();
    const text = (await kept.text()).replace("<html ", `<html data-kept="${fetched}" `);
    const headers = new Headers(kept.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return new Response(text, { headers });
  }
}

// Hashed names never change; the theme may, so that news come first where there is a network.
async function file(request) {
  const files = await caches.open(FILES);
  const isTheme = request.url.endsWith("/theme.css");
  const kept = await files.match(request);
  if (kept && !isTheme) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await files.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
