// A card follows the mouse, or a finger that has rested on it: a finger that moves at once scrolls, as it does anywhere.
// Near an edge, the grid scrolls along.
const REST = 350; // milliseconds until a finger has lifted a card
const SLACK = 8; // pixels within which a hand is still
const EDGE = 40; // pixels from the edge at which the grid scrolls, so many at a time
const PACE = 8;
let isBusy = false;

// `lift()`, `move(x, y)` and then `letGo(x, y)`, or `lose()` where the browser took the pointer away.
export function follow(event, element, scroll, { lift, move, letGo, lose }) {
  if (isBusy) return;
  isBusy = true;
  const isFinger = event.pointerType === "touch";
  const start = event;
  let at = event;
  let isLifted = false;

  const begin = () => {
    isLifted = true;
    lift();
    element.setPointerCapture(start.pointerId);
    scrollAlong();
  };
  const resting = isFinger ? setTimeout(begin, REST) : null;

  function scrollAlong() {
    if (!isLifted) return;
    const [sideways, down] = beyond(scroll.getBoundingClientRect(), at);
    if (sideways || down) {
      scroll.scrollBy(sideways, down);
      move(at.clientX, at.clientY);
    }
    requestAnimationFrame(scrollAlong);
  }

  const listeners = {
    pointermove(moved) {
      if (moved.pointerId !== start.pointerId) return;
      at = moved;
      if (!isLifted) {
        if (Math.hypot(at.clientX - start.clientX, at.clientY - start.clientY) < SLACK) return;
        if (isFinger) return stop();
        begin();
      }
      move(at.clientX, at.clientY);
    },
    pointerup: (up) => up.pointerId === start.pointerId && stop(() => letGo(up.clientX, up.clientY)),
    pointercancel: (gone) => gone.pointerId === start.pointerId && stop(lose),
  };

  function stop(then) {
    clearTimeout(resting);
    for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener);
    const wasLifted = isLifted;
    isBusy = isLifted = false;
    if (wasLifted) then();
  }

  for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener);
}

// How far to scroll [sideways, down] for a pointer at an edge of the box; not at all for one that is outside of it.
function beyond({ left, right, top, bottom }, { clientX: x, clientY: y }) {
  if (x < left || x > right || y < top || y > bottom) return [0, 0];
  const step = (at, from, to) => (at < from + EDGE ? -PACE : at > to - EDGE ? PACE : 0);
  return [step(x, left, right), step(y, top, bottom)];
}
