// The schedule opens at what is on now.
const now = document.querySelector(".slot.is-now");
if (now && !location.hash && !location.search) now.scrollIntoView({ block: "center" });
