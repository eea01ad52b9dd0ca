// Puts the schedule of a conference where its script tag stands, in a frame that is as high as what it holds:
// <script src="…/embed/schedule.js" data-conference="…" data-lang="zh-hans|en" data-theme="light|dark" async></script>
(() => {
  const script = document.currentScript;
  const { conference, lang, theme } = script.dataset;
  const site = new URL(script.src).origin;
  if (!conference) {
    console.error("embed/schedule.js: data-conference is missing");
    return;
  }
  const language = lang || (document.documentElement.lang.toLowerCase().startsWith("zh") ? "zh-hans" : "en");
  const frame = document.createElement("iframe");
  frame.src = `${site}/embed/${encodeURIComponent(language)}/${encodeURIComponent(conference)}/${theme ? `?theme=${encodeURIComponent(theme)}` : ""}`;
  frame.title = language === "en" ? "Schedule" : "日程";
  frame.loading = "lazy";
  Object.assign(frame.style, { width: "100%", height: "40rem", border: "0", display: "block" });
  addEventListener("message", (event) => {
    const height = event.data?.portalScheduleHeight;
    if (event.source === frame.contentWindow && event.origin === site && Number.isFinite(height)) {
      frame.style.height = `${Math.ceil(height)}px`;
    }
  });
  script.after(frame);
})();
