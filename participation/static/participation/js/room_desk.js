// Renews the parts of the desk (data-renew) when something happens in the room, and leaves alone what somebody is working in.
(() => {
  if (!document.querySelector("[data-desk]")) return;
  const PAUSE_MS = 700;
  let timer = 0;

  async function renew() {
    timer = 0;
    let text;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      text = await answer.text();
    } catch {
      return;
    }
    const fresh = new DOMParser().parseFromString(text, "text/html");
    for (const part of document.querySelectorAll("[data-renew]")) {
      const newer = fresh.querySelector(`[data-renew="${part.dataset.renew}"]`);
      const isInUse = part.contains(document.activeElement) || part.querySelector("details[open]");
      if (newer && !isInUse && part.textContent !== newer.textContent) part.replaceWith(document.importNode(newer, true));
    }
  }

  document.addEventListener("live:filled", () => { timer ||= setTimeout(renew, PAUSE_MS); });
})();
