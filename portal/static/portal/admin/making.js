// Photos whose pictures the worker makes: looks every few seconds, and shows those that are there by now, or that
// never will be. What is ticked and typed stays as it is.

const waiting = () => document.querySelectorAll(".in-the-making");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);  // the next look comes soon
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["in-the-making", "unreadable", ...[...waiting()].map((picture) => picture.id)]) {
    const now = page.getElementById(id);
    if (now) document.getElementById(id).replaceWith(now);
  }
  if (document.getElementById("in-the-making").hidden) clearInterval(looking);
}

const looking = setInterval(look, 3000);
