// Puts many photos up: three at a time, one a request, with a bar for each and for all. What fails for a
// moment is tried again by itself; what is refused is listed with its reason. The same folder dropped again
// sends only what is missing: the browser compares hashes first. Without script the form sends one file.

const AT_ONCE = 3;
const ATTEMPTS = 6;

const form = document.getElementById("upload");
const words = form.dataset;
const input = form.querySelector("input[type='file']");
const [pause, retry, refusedList, list] = ["pause", "retry", "refused", "files"].map((id) => document.getElementById(`upload-${id}`));
let csrf = form.elements.csrfmiddlewaretoken.value;

const files = [];      // every entry of this page: { file, state, sent, attempts, row }
let known = null;      // a promise of the Set of hashes that the album has
let paused = false;
let signedOut = false;
let began = 0;
let sentBefore = 0;    // bytes that this page did not have to send

const inState = (...states) => files.filter((entry) => states.includes(entry.state));
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function row(entry) {
  const made = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = entry.file.name;
  const bar = document.createElement("progress");
  bar.max = entry.file.size || 1;
  bar.value = 0;
  bar.setAttribute("aria-label", entry.file.name);
  const told = document.createElement("span");
  made.append(name, bar, told);
  list.append(made);
  return { made, bar, told };
}

function turn(entry, state, told) {
  entry.state = state;
  entry.row.told.textContent = told;
  entry.row.made.hidden = ["done", "refused"].includes(state); // what is refused has a list of its own
  if (state === "done" || state === "sending") entry.row.bar.value = entry.sent;
  show();
}

function refuse(entry, reason) {
  const line = document.createElement("li");
  const name = document.createElement("strong");
  name.textContent = entry.file.name;
  line.append(name, Object.assign(document.createElement("span"), { textContent: reason }));
  refusedList.append(line);
  turn(entry, "refused", reason);
}

function show() {
  const total = files.reduce((sum, entry) => sum + entry.file.size, 0) || 1;
  const past = files.reduce((sum, entry) => sum + (["done", "refused"].includes(entry.state) ? entry.file.size : entry.sent), 0);
  const all = document.getElementById("upload-all");
  all.max = total;
  all.value = past;
  const [done, refused] = [inState("done").length, inState("refused").length];
  document.getElementById("upload-sum").textContent = words.sum
    .replace("%done", done).replace("%all", files.length).replace("%failed", refused);
  const busy = done + refused < files.length;
  document.getElementById("upload-left").textContent = busy && !paused ? timeLeft(past - sentBefore, total - past) : "";
  document.getElementById("upload-show").hidden = busy || !done;
  pause.hidden = !busy;
  pause.textContent = paused ? words.goOn : words.pause;
  retry.hidden = busy || !refused;
  form.dataset.state = busy ? "busy" : "idle";
}

function timeLeft(past, ahead) {
  const seconds = past > 0 ? (ahead * (Date.now() - began)) / past / 1000 : 0;
  if (seconds < 1) return "";
  const said = seconds < 90 ? words.seconds.replace("%s", Math.ceil(seconds)) : words.minutes.replace("%s", Math.ceil(seconds / 60));
  return words.left.replace("%s", said);
}

async function hashOf(file) {
  if (!crypto.subtle) return "";  // only on https and on this very machine; the server looks anyway
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function hashesThere() {
  const answer = await fetch(words.known, { headers: { Accept: "application/json" } });
  return new Set((await answer.json()).sha256);
}

function send(entry) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrf);
    request.upload.addEventListener("progress", (event) => {
      entry.sent = Math.min(event.loaded, entry.file.size);
      entry.row.bar.value = entry.sent;
      if (entry.sent === entry.file.size) entry.row.told.textContent = words.working;
      show();
    });
    request.addEventListener("loadend", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a proxy's page, or nothing at all */ }
      resolve({ status: request.status, answer, wait: Number(request.getResponseHeader("Retry-After")) || 0 });
    });
    const body = new FormData();
    body.append("file", entry.file);
    request.send(body);
  });
}

async function put(entry) {
  turn(entry, "sending", "");
  if (entry.file.size > Number(words.most)) return refuse(entry, words.tooLarge);
  const hash = await hashOf(entry.file).catch(() => null);
  if (hash === null) return refuse(entry, words.lost);  // the file is gone from the disk
  const there = await known.catch(() => new Set());
  if (hash && there.has(hash)) {
    sentBefore += entry.file.size;
    return turn(entry, "done", words.there);
  }
  const { status, answer, wait } = await send(entry);
  if ((status === 201 || status === 200) && answer.photo) {
    there.add(hash);
    return turn(entry, "done", answer.reason || words.done);
  }
  if (status === 422 || status === 413 || status === 400) return refuse(entry, answer.reason || words.lost);
  entry.sent = 0;
  if (status === 403 || status === 404) {
    paused = signedOut = true;
    return turn(entry, "waiting", words.signedOut);
  }
  entry.attempts += status === 503 ? 0 : 1;
  if (entry.attempts >= ATTEMPTS) return refuse(entry, words.lost);
  turn(entry, "resting", words.again);
  await sleep(1000 * (wait || 2 ** entry.attempts));
  return turn(entry, "waiting", words.waiting);
}

let lanes = 0;

async function lane() {
  lanes += 1;
  for (let entry; !paused && (entry = inState("waiting")[0]);) await put(entry);
  lanes -= 1;
}

function run() {
  while (!paused && lanes < Math.min(AT_ONCE, inState("waiting").length + lanes) && inState("waiting").length) lane();
  show();
}

function add(chosen) {
  if (!inState("waiting", "sending", "resting").length) {
    known = hashesThere();
    began = Date.now();
    sentBefore = files.reduce((sum, entry) => sum + entry.file.size, 0);
  }
  document.querySelector(".upload-state").hidden = false;
  for (const file of chosen) {
    const entry = { file, sent: 0, attempts: 0 };
    entry.row = row(entry);
    files.push(entry);
    turn(entry, "waiting", words.waiting);
  }
  run();
}

async function within(handle) {
  if (handle.isFile) return [await new Promise((resolve, reject) => { handle.file(resolve, reject); })];
  const reader = handle.createReader();
  const found = [];
  for (let part; (part = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); })).length;) found.push(...part);
  return (await Promise.all(found.map(within))).flat();
}

async function dropped(transfer) {
  const handles = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  const found = handles.length ? (await Promise.all(handles.map(within))).flat() : [...transfer.files];
  return found.filter((file) => !file.name.startsWith("."));
}

const drop = form.querySelector(".drop");
form.querySelector(".drop-here").hidden = false;
form.querySelector("input[type='submit']").hidden = true;
input.multiple = true;
input.required = false;
input.addEventListener("change", () => { add([...input.files]); input.value = ""; });
drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  add(await dropped(event.dataTransfer));
});
// Who signed in again has another token, which stands in this page as it is by now.
async function signedInAgain() {
  const answer = await fetch(location.href).catch(() => null);
  const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
  csrf = page.querySelector("#upload [name=csrfmiddlewaretoken]")?.value || csrf;
  signedOut = false;
}

pause.addEventListener("click", async () => {
  paused = !paused;
  if (signedOut) await signedInAgain();
  run();
});
retry.addEventListener("click", () => {
  refusedList.replaceChildren();
  for (const entry of inState("refused")) Object.assign(entry, { sent: 0, attempts: 0 }), turn(entry, "waiting", words.waiting);
  run();
});
addEventListener("online", run);
addEventListener("beforeunload", (event) => { if (inState("waiting", "sending", "resting").length) event.preventDefault(); });
