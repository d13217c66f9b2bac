// Shows while somebody writes opening hours how the server understands them. [data-hours data-url]
(() => {
  "use strict";

  const WAIT_MS = 500;

  for (const part of document.querySelectorAll("[data-hours]")) start(part);

  function start(part) {
    const text = part.querySelector("textarea");
    const shown = part.querySelector("[data-hours-shown]");
    const seen = part.closest("form").querySelector("[name=hours_seen]");
    let timer = 0;
    let asking = null;

    text.addEventListener("input", () => {
      if (seen) seen.value = "";
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });

    if (part.hasAttribute("data-hours-at-once") && text.value) ask();

    async function ask() {
      if (asking) asking.abort();
      asking = new AbortController();
      const query = new URLSearchParams({ text: text.value.slice(0, text.maxLength > 0 ? text.maxLength : 1000) });
      try {
        const response = await fetch(`${part.dataset.url}?${query}`, { signal: asking.signal });
        if (!response.ok) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        shown.replaceChildren(...page.body.childNodes);
        const hours = shown.querySelector("[data-osm]");
        if (seen) seen.value = hours ? hours.dataset.osm : "";
      } catch (error) {
        if (error.name !== "AbortError") shown.replaceChildren(); // without it the hours are shown after sending
      }
    }
  }
})();
