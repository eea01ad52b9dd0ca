// Tells the page around the frame how high the schedule is, so that it need not scroll within.
if (parent !== window) {
  const tell = () => parent.postMessage({ portalScheduleHeight: document.documentElement.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
}
