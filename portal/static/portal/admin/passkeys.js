// Says on the page what django-allauth's script would tell only the console: a passkey was cancelled or not there.

const failed = document.getElementById("passkey-failed");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  failed.hidden = false;
  (document.querySelector(".entrance .buttons, main .buttons") ?? document.querySelector("main")).before(failed);
});
