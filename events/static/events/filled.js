// How many places of each role are filled: fetched apart, since the page itself is kept and served again.
const within = document.querySelector("[data-filled-from]");
if (within) {
  fetch(within.dataset.filledFrom)
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((filled) => {
      for (const place of within.querySelectorAll("[data-filled]")) {
        if (filled[place.dataset.filled]) place.textContent = filled[place.dataset.filled];
      }
    })
    .catch(() => {}); // the number wanted stays
}
