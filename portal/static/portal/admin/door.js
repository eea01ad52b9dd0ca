// The door on a bad network: a tap shows at once, waits in this phone, and is sent when the connection is back.
const door = document.querySelector(".door");
const key = `door-${door.dataset.desk}`;
const status = door.querySelector(".door-status");
const csrf = door.querySelector("[name=csrfmiddlewaretoken]")?.value;
const waiting = () => JSON.parse(localStorage.getItem(key) || "[]");
const keep = (taps) => localStorage.setItem(key, JSON.stringify(taps));
let sending = false;

const say = (words) => {
  status.textContent = words;
  status.hidden = !words;
};

const show = (guest, here, isWaiting) => {
  guest.classList.toggle("is-here", here);
  guest.classList.toggle("is-waiting", isWaiting);
  guest.querySelector("[name=mark]").value = here ? "not-here" : "here";
  guest.querySelector("button").textContent = here ? door.dataset.undo : door.dataset.here;
  door.querySelector("[data-count]").textContent = door.querySelectorAll(".guest.is-here").length;
};

// The last tap on a guest is what counts; walk-ins are each their own.
const remember = (tap) => {
  const others = waiting().filter((one) => !tap.guest || one.guest !== tap.guest);
  keep([...others, tap]);
  send();
};

// Whoever comes next is somebody else, also under the same name.
const emptied = (form) => {
  form.reset();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))]; // crypto.randomUUID() is for https alone
  form.elements.key.value = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Send a tap; return what the server told: {here}, {reason} where it was not done, null where it failed and may be asked
// again. Throws the words to show where no other tap would fare better.
const deliver = async (tap) => {
  const answer = await fetch(tap.url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrf },
    body: new URLSearchParams(tap.fields),
  }).catch(() => { throw door.dataset.offline; });
  if (answer.status === 403 || answer.status === 404) throw door.dataset.signedOut;
  return answer.ok || answer.status === 409 ? answer.json().catch(() => null) : null;
};

// A walk-in who was refused stands in the form again, unless the next one is typed there already.
const putBack = (tap) => {
  const fields = [...door.querySelectorAll(".door-walk-in input:not([type=hidden])")];
  if (!fields.some((field) => field.value)) for (const field of fields) field.value = tap.fields[field.name];
};

const send = async () => {
  if (sending) return;
  sending = true;
  const [tried, reasons] = [new Set(), []];
  let [isNew, problem] = [false, door.dataset.offline];
  try {
    for (let tap; (tap = waiting().find((one) => !tried.has(JSON.stringify(one)))); ) {
      tried.add(JSON.stringify(tap));
      const told = await deliver(tap);
      if (!told) continue;
      keep(waiting().filter((one) => JSON.stringify(one) !== JSON.stringify(tap)));
      const guest = tap.guest && document.getElementById(tap.guest);
      if (guest) show(guest, told.reason ? tap.fields.mark !== "here" : told.here, false);
      if (told.reason) reasons.push(told.reason);
      if (told.reason && !tap.guest) putBack(tap);
      isNew ||= !told.reason && !tap.guest;
    }
  } catch (words) {
    problem = words;
  }
  sending = false;
  const left = waiting().length;
  say([...reasons, ...(left ? [`${problem} (${left})`] : [])].join(" "));
  if (isNew && !reasons.length && !left) location.reload();
};

// First of all, for a browser that may keep nothing stops here, and its forms are sent as they are.
for (const tap of waiting()) {
  const guest = tap.guest && document.getElementById(tap.guest);
  if (guest) show(guest, tap.fields.mark === "here", true);
}

door.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  const { csrfmiddlewaretoken, ...fields } = Object.fromEntries(new FormData(form));
  const guest = form.closest(".guest");
  remember({ guest: guest?.id, url: form.getAttribute("action"), fields });
  if (guest) show(guest, fields.mark === "here", true);
  else emptied(form);
});

door.querySelector("[data-search]").addEventListener("input", (event) => {
  const words = event.target.value.trim().toLowerCase();
  for (const guest of door.querySelectorAll(".guest[id]")) guest.hidden = !guest.dataset.words.includes(words);
});

// What others did meanwhile, at a second phone or in the list. Taps of this phone that wait are not overruled.
const look = async () => {
  if (waiting().length || document.hidden) return;
  const told = await fetch(door.dataset.state, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null); // the next look comes soon
  if (!told || waiting().length) return;
  const isBusy = [...door.querySelectorAll("input:not([type=hidden])")].some((input) => input.value);
  if (!isBusy && told.all.some((pk) => !document.getElementById(`g${pk}`))) location.reload();
  for (const guest of door.querySelectorAll(".guest[id]")) {
    const here = told.here.includes(Number(guest.id.slice(1)));
    if (here !== guest.classList.contains("is-here")) show(guest, here, false);
  }
};

door.querySelector(".is-scanned")?.scrollIntoView({ block: "center" });
addEventListener("online", send);
setInterval(() => (waiting().length ? send() : look()), 10000);
send();
