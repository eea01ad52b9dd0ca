// What is on in a room at a moment and what comes next there, by the rules of events/now.py.
// Sessions are any objects with `starts` and `ends` in milliseconds, `ends` null where it is not known.
const AHEAD = 12 * 3_600_000;
const ALONE = 3_600_000;

export function onAndNext(sessions, now) {
  const inOrder = [...sessions].sort((one, other) => one.starts - other.starts);
  const ahead = inOrder.filter(({ starts }) => now < starts && starts <= now + AHEAD);
  const next = ahead.filter(({ starts }) => starts === ahead[0].starts);
  const begun = inOrder.filter(({ starts }) => starts <= now);
  const on = begun.filter(({ ends }) => ends && now < ends);
  const last = begun.at(-1);
  if (!on.length && last && !last.ends && (ahead.length || now < last.starts + ALONE)) on.push(last);
  return { on, next };
}
