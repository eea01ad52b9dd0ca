// The grid of rooms and times: a card is dragged by mouse or finger, or lifted by Enter and moved by arrow keys, and saved
// where it is put.
// What the server answers decides: where the card is, what looks wrong, and the line of the form below.
import { follow } from "./timetable_drag.js";
import { hour, Layout, minutes, STEP } from "./timetable_layout.js";

const grid = document.getElementById("grid");
const { days, rooms, cards } = JSON.parse(document.getElementById("timetable-data").textContent);
const [tray, scroll, told, undo] = ["tray", "scroll", "told", "undo"].map((name) => grid.querySelector(`.timetable-${name}`));
const words = grid.dataset;
const columns = [{ pk: null, name: words.roomless, venue: "" }, ...rooms];
let day = (cards.find((card) => card.day) || { day: days[0]?.date }).day;
let layout;
let lifted = null; // { card, before, element, byKey }
let latest = null; // { card, before } of the last move that was saved, which "Undo" takes back

function say(text, card) {
  told.textContent = text
    .replace("{title}", card.title)
    .replace("{day}", days.find(({ date }) => date === card.day)?.words || "")
    .replace("{from}", card.from)
    .replace("{to}", card.to)
    .replace("{room}", columns.find(({ pk }) => pk === card.room)?.name || words.roomless);
}

function drawn(card) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "timetable-card";
  element.dataset.session = card.pk;
  element.classList.toggle("is-cancelled", card.isCancelled);
  element.classList.toggle("is-fixed", !card.isMovable);
  element.setAttribute("aria-pressed", "false");
  const title = document.createElement("b");
  title.textContent = card.title;
  element.append(title, [card.from && `${card.from}–${card.to}`, card.forum].filter(Boolean).join(" · "));
  element.title = card.title;
  if (card.isMovable) {
    element.addEventListener("pointerdown", (event) => startDrag(event, card, element));
    // A finger that holds a card neither scrolls nor asks for a menu.
    element.addEventListener("touchmove", (event) => lifted && event.preventDefault(), { passive: false });
    element.addEventListener("contextmenu", (event) => lifted && event.preventDefault());
    element.addEventListener("click", (event) => event.detail === 0 && onEnter(card, element));
    element.addEventListener("keydown", (event) => onKey(event, card, element));
  }
  return element;
}

function draw() {
  const { scrollTop, scrollLeft } = scroll;
  for (const button of grid.querySelectorAll(".timetable-days button")) button.ariaPressed = button.dataset.day === day;
  layout = new Layout(cards.filter((card) => card.day === day), columns);
  const board = layout.board();
  for (const card of layout.cards) {
    const element = drawn(card);
    layout.place(element, card);
    board.append(element);
  }
  scroll.replaceChildren(board);
  scroll.scrollTo(scrollLeft, scrollTop);
  const unplaced = cards.filter((card) => !card.day);
  tray.hidden = !unplaced.length;
  tray.dataset.label = words.unplaced;
  tray.replaceChildren(...unplaced.map(drawn));
}

function lift(card, element, byKey) {
  lifted = { card, before: { ...card }, element, byKey };
  element.classList.add("is-lifted");
  element.setAttribute("aria-pressed", "true");
  if (!card.day) {
    const from = layout.first;
    Object.assign(card, { day, from: hour(from), to: hour(from + 30) });
    scroll.firstElementChild.append(element);
    layout.place(element, card);
  }
}

function shift(card, element, { rows = 0, column = null, longer = 0 }) {
  const length = Math.max(minutes(card.to, card.from) - minutes(card.from) + longer * STEP, STEP);
  const from = Math.min(Math.max(minutes(card.from) + rows * STEP, 0), 24 * 60 - STEP);
  card.from = hour(from);
  card.to = hour(from + length);
  if (column !== null) card.room = columns[Math.min(Math.max(column, 0), columns.length - 1)].pk;
  layout.place(element, card);
}

function putBack() {
  if (!lifted) return;
  const { card, before } = lifted;
  Object.assign(card, before);
  lifted = null;
  draw();
  say(words.back, card);
  focus(card);
}

const focus = (card) => grid.querySelector(`[data-session="${card.pk}"]`)?.focus();

async function putDown() {
  const { card, before } = lifted;
  lifted = null;
  const isChanged = ["day", "from", "to", "room"].some((name) => card[name] !== before[name]);
  if (isChanged) await save(card, before);
  draw();
  focus(card);
}

async function save(card, before) {
  const values = { session: card.pk, day: card.day, from: card.from, to: card.to, room: card.room ?? "", was: before.was };
  try {
    const answer = await fetch(words.move, {
      method: "POST",
      headers: { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
      body: new URLSearchParams(values),
    });
    const { card: now, told: problem, doubts } = await answer.json();
    Object.assign(card, now);
    document.getElementById("doubts").innerHTML = doubts;
    fill(card);
    if (problem) told.textContent = problem;
    else say(words.at, card);
    latest = problem ? null : { card, before };
  } catch {
    Object.assign(card, before);
    latest = null;
    say(words.failed, card);
  }
  undo.hidden = !latest;
}

async function undoLatest() {
  const { card, before: { day: formerDay, from, to, room } } = latest;
  const before = { ...card };
  Object.assign(card, { day: formerDay, from, to, room });
  await save(card, before);
  day = card.day || day;
  draw();
  if (latest) undo.focus();
  else focus(card);
}

// The form below must not put back, when it is saved, what was moved here.
function fill(card) {
  const values = { day: card.day, from: card.from, to: card.to, room: card.room ?? "", was: card.was };
  for (const [name, value] of Object.entries(values)) {
    const field = document.querySelector(`[name="${card.pk}-${name}"]`);
    if (field) field.value = value;
  }
}

function onEnter(card, element) {
  if (lifted) putDown();
  else {
    lift(card, element, true);
    say(words.lifted, card);
  }
}

function onKey(event, card, element) {
  if (lifted?.card !== card) return;
  if (event.key === "Escape") putBack();
  const column = columns.findIndex(({ pk }) => pk === card.room);
  const steps = {
    ArrowUp: event.shiftKey ? { longer: -1 } : { rows: -1 },
    ArrowDown: event.shiftKey ? { longer: 1 } : { rows: 1 },
    ArrowLeft: { column: column - 1 },
    ArrowRight: { column: column + 1 },
    PageUp: { rows: -12 },
    PageDown: { rows: 12 },
  };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  shift(card, element, step);
  say(words.at, card);
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function startDrag(event, card, element) {
  if (event.button !== 0 || lifted) return;
  const grip = event.clientY - element.getBoundingClientRect().top;
  follow(event, element, scroll, {
    lift: () => lift(card, element, false),
    move(x, y) {
      if (!lifted) return;
      const { column, minute } = layout.at(scroll, x, y - (card.day === lifted.before.day ? grip : 0));
      shift(card, element, { rows: Math.round((minute - minutes(card.from)) / STEP), column });
    },
    // Outside the grid it was let go of, not put down.
    letGo: (x, y) => (layout.holds(scroll, x, y) ? lifted && putDown() : putBack()),
    lose: putBack,
  });
}

undo.addEventListener("click", undoLatest);

for (const { date, words: name } of days) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.day = date;
  button.textContent = name;
  button.addEventListener("click", () => {
    day = date;
    draw();
  });
  grid.querySelector(".timetable-days").append(button);
}
if (days.length && cards.length) {
  grid.hidden = false;
  draw();
}
