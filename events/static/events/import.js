// Shows how far an import is. Without this script the button does the same, and the browser waits.
const form = document.getElementById("import");
const bar = form.querySelector("progress");
const told = form.querySelector("output");

async function look(held) {
  const answer = await fetch(`${form.dataset.progress}?of=${encodeURIComponent(held)}`);
  const { done, total } = answer.ok ? await answer.json() : {};
  if (!total) return;
  Object.assign(bar, { max: total, value: done });
  told.textContent = `${done} / ${total}`;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const body = new FormData(form);
  body.append(button.name, button.value);
  button.disabled = true;
  bar.parentElement.hidden = false;
  const looking = setInterval(() => look(button.value).catch(() => {}), 300); // what is not answered is asked again
  try {
    const answer = await fetch(location.href, { method: "POST", headers: { Accept: "application/json" }, body });
    const { url } = await answer.json();
    location.assign(url || location.pathname); // who is signed out meets the page of signing in, which leads back here
  } catch {
    location.assign(location.pathname); // not reloaded, or the browser would send the file again; the page asks for it
  } finally {
    clearInterval(looking);
  }
});
