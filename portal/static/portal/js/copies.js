// Has the worker keep this page and others, with the files it uses, for where there is no network.
export async function keepCopies(worker, others = []) {
  if (!navigator.serviceWorker || navigator.connection?.saveData) return;
  // First of all the page itself is to be read.
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  try {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    // The worker is there only after the first page has loaded; what that page used, it has not seen.
    const files = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage({ pages: [location.pathname + location.search, ...others], files });
  } catch {
    // A browser that may keep nothing shows the page all the same.
  }
}
