// Sends the forms of a room without leaving the page, and keeps what one person alone sees.
(() => {
  const root = document.querySelector("[data-act]");
  if (!root) return;
  const error = document.querySelector("[data-error]");
  let busy = false;
  let isAsking = false;

  function say(words) {
    if (!error) return;
    error.textContent = words;
    error.hidden = !words;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-do]")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    const kind = form.dataset.do;
    document.dispatchEvent(new CustomEvent("live:do", { detail: { kind, fields, form, done: (answer) => after(form, kind, answer) } }));
  });

  function after(form, kind, answer) {
    busy = false;
    const said = form.querySelector("[data-said]");
    if (!answer) { say(document.querySelector("[data-network]").dataset.off); return; }
    if (answer.t === "err") { say(answer.message || answer.code); return; }
    say("");
    if (kind === "say") {
      form.reset();
      form.elements.id.value = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
      said.textContent = said.dataset.said;
    } else {
      // The next statement takes the place of the last: who uses the keyboard or listens is led to it.
      [...document.querySelectorAll("[data-focus]")].find((each) => each.offsetParent)?.focus();
    }
  }

  // A new statement comes to who has answered all, and one's own statements are looked after by others.
  document.addEventListener("live:filled", (event) => {
    const about = event.detail;
    if (about.includes("groups")) askPlace();
    if (about.includes("statements") || about.includes("counts")) askOwn();
  });

  let ownTimer = 0;
  function askOwn() {
    const isDone = document.querySelector("#vote [data-show='next']").hidden;
    const waits = document.querySelector(".room-own [data-show='state=waiting']:not([hidden])");
    if (ownTimer || !(isDone || waits)) return;
    ownTimer = setTimeout(async () => {
      ownTimer = 0;
      const said = await fetchJson(root.dataset.mine);
      if (said && said.you && !busy) document.dispatchEvent(new CustomEvent("live:you", { detail: said.you }));
    }, 500 + Math.random() * 3000);
  }

  // Where one stands changes with every vote of others; asked for rarely, and not by all at once.
  function askPlace() {
    if (isAsking) return;
    isAsking = true;
    setTimeout(async () => {
      isAsking = false;
      const said = await fetchJson(root.dataset.mine);
      if (said) document.dispatchEvent(new CustomEvent("live:spot", { detail: said.spot }));
    }, 2000 + Math.random() * 8000);
  }

  async function fetchJson(address) {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
})();
