// Where on the grid a room and a time are. Times are minutes since midnight, by the clock of the venue.
export const STEP = 5;
const HEAD = 4; // rows of the grid that hold the names of the rooms

// Minutes of "09:30"; one that is before `after` belongs to the next day.
export function minutes(clock, after = "00:00") {
  const [hours, rest] = clock.split(":").map(Number);
  const found = hours * 60 + rest;
  return clock < after ? found + 24 * 60 : found;
}

export const hour = (minute) =>
  [Math.floor(minute / 60) % 24, minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

export class Layout {
  constructor(cards, columns) {
    this.columns = columns;
    this.cards = cards.map((card) => Object.assign(card, { to: card.to || hour(minutes(card.from) + 30) }));
    const starts = this.cards.map((card) => minutes(card.from));
    const ends = this.cards.map((card) => minutes(card.to, card.from));
    this.first = Math.floor(Math.min(8 * 60, ...starts) / 60) * 60;
    this.last = Math.ceil(Math.max(19 * 60, ...ends) / 60) * 60;
    this.lanes = this.shared();
  }

  // Cards that meet in a room stand side by side: card -> [its lane, how many there are].
  shared() {
    const lanes = new Map();
    for (const { pk } of this.columns) {
      const here = this.cards.filter((card) => card.room === pk).sort((one, other) => (one.from < other.from ? -1 : 1));
      const meeting = (card) => here.filter((other) => minutes(other.from) < minutes(card.to, card.from) && minutes(card.from) < minutes(other.to, other.from));
      for (const card of here) {
        const taken = meeting(card).map((other) => lanes.get(other)).filter((lane) => lane !== undefined);
        lanes.set(card, [...Array(taken.length + 1).keys()].find((lane) => !taken.includes(lane)));
      }
      for (const card of here) card.lanes = Math.max(...meeting(card).map((other) => lanes.get(other))) + 1;
    }
    return lanes;
  }

  board() {
    const board = document.createElement("div");
    board.className = "timetable-board";
    board.style.gridTemplateColumns = `4rem repeat(${this.columns.length}, minmax(0, 1fr))`;
    board.style.minWidth = `${4 + this.columns.length * 9}rem`;
    board.append(this.box("timetable-room", 1, 1, HEAD));
    this.columns.forEach(({ name, venue }, number) => {
      const head = this.box("timetable-room", number + 2, 1, HEAD, name);
      head.title = [name, venue].filter(Boolean).join(" · "); // a long one is cut off
      if (venue) head.append(Object.assign(document.createElement("small"), { textContent: venue }));
      board.append(head);
    });
    for (let minute = this.first; minute < this.last; minute += 60) {
      board.append(this.box("timetable-hour", 1, this.row(minute), 12, hour(minute)));
      const line = this.box("timetable-line", 2, this.row(minute), 12);
      line.style.gridColumnEnd = "-1";
      board.append(line);
    }
    return board;
  }

  box(name, column, row, length, text = "") {
    const box = Object.assign(document.createElement("div"), { className: name, textContent: text });
    Object.assign(box.style, { gridColumn: column, gridRow: `${row} / span ${length}` });
    return box;
  }

  row = (minute) => (minute - this.first) / STEP + HEAD + 1;

  place(element, card) {
    const from = Math.max(minutes(card.from), this.first);
    const length = Math.max(Math.round((minutes(card.to, card.from) - minutes(card.from)) / STEP), 2);
    const lane = this.lanes.get(card) || 0;
    Object.assign(element.style, {
      gridColumn: this.columns.findIndex(({ pk }) => pk === card.room) + 2,
      gridRow: `${Math.floor(this.row(from))} / span ${length}`,
      width: card.lanes > 1 ? `${100 / card.lanes}%` : "",
      marginInlineStart: card.lanes > 1 ? `${(100 / card.lanes) * lane}%` : "",
    });
  }

  // The room and the minute beneath a point of the window.
  at(scroll, x, y) {
    const heads = [...scroll.querySelectorAll(".timetable-room")].slice(1);
    const column = heads.findIndex((head) => x < head.getBoundingClientRect().right);
    const hours = scroll.querySelector(".timetable-hour").getBoundingClientRect();
    const minute = this.first + ((y - hours.top) / hours.height) * 60;
    return { column: column < 0 ? heads.length - 1 : column, minute: Math.round(minute / STEP) * STEP };
  }

  holds(scroll, x, y) {
    const { left, right, top, bottom } = scroll.getBoundingClientRect();
    return left <= x && x <= right && top <= y && y <= bottom;
  }
}
