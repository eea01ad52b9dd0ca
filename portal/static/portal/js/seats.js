// How many seats are left: fetched apart, since the page itself is kept and served again.
const place = document.querySelector("[data-seats-from]");
if (place) {
  fetch(place.dataset.seatsFrom)
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then(({ text }) => {
      if (!text) return;
      place.textContent = text;
      place.hidden = false;
    })
    .catch(() => {}); // the form itself says it, too
}
