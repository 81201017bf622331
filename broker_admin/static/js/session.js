const NOTICE_SECONDS = 120;

// [data-timeout]: says politely, two minutes before, that the session will end, and lets it go on in place.
export function watchSession(root) {
  const region = root.querySelector("[data-timeout]");
  if (!region) return;
  const box = region.firstElementChild;
  const wait = Math.max(Number(region.dataset.timeout) - NOTICE_SECONDS, 1) * 1000;
  const start = () => setTimeout(() => { box.hidden = false; }, wait);
  start();
  box.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(region.dataset.extend, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) {
      box.hidden = true;
      start();
    } else {
      window.location.reload();
    }
  });
}
