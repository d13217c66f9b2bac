// Notes save themselves a moment after typing stops. While there is no network they are kept in this browser and sent when
// it is back; when somebody else was quicker, both texts are shown and nothing is overwritten.
(() => {
  const PAUSE_MS = 1200;
  const AGAIN_MS = 15000;
  const network = document.querySelector("[data-network]");
  const forms = [...document.querySelectorAll("form[data-notes]")].map(keeper);

  function keeper(form) {
    const key = `notes:${location.pathname}:${form.dataset.notes}`;
    const text = form.elements.notes;
    const version = form.elements.version;
    const state = form.querySelector("[data-notes-state]");
    const conflict = form.querySelector("[data-notes-conflict]");
    let sent = text.value;
    let timer = 0;
    let busy = false;

    const say = (words) => { state.textContent = words; };
    let isKept = true;
    const keep = () => {
      try {
        localStorage.setItem(key, JSON.stringify({ text: text.value, version: version.value }));
        isKept = true;
      } catch { isKept = false; /* full or forbidden */ }
    };
    const forget = () => { try { localStorage.removeItem(key); } catch { /* forbidden */ } };
    const isDirty = () => text.value !== sent;

    function typed() {
      keep();
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE_MS);
    }

    async function send() {
      clearTimeout(timer);
      if (busy || !isDirty() || !conflict.hidden) return;
      busy = true;
      say(form.dataset.saving);
      const now = text.value;
      const body = new FormData(form);
      let answer;
      try {
        answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      } catch {
        busy = false;
        say(form.dataset.kept);
        reach(false);
        return;
      }
      busy = false;
      reach(true);
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) {
        version.value = said.version;
        sent = now;
        if (isDirty()) typed(); else forget();
        say(form.dataset.saved);
      } else if (answer.status === 409 && said.code === "version") {
        show(said);
      } else {
        say(form.dataset.failed.replace("{reason}", said.message || answer.status));
      }
    }

    function show(theirs) {
      conflict.querySelector("[data-notes-theirs]").textContent = theirs.text;
      conflict.hidden = false;
      version.value = theirs.version;
      sent = theirs.text;
      say("");
    }

    function settle(value) {
      text.value = value;
      conflict.hidden = true;
      if (isDirty()) { keep(); send(); } else { forget(); say(form.dataset.saved); }
      text.focus();
    }

    conflict.querySelector("[data-notes-mine]").addEventListener("click", () => settle(text.value));
    conflict.querySelector("[data-notes-take]").addEventListener("click", () => settle(sent));
    conflict.querySelector("[data-notes-both]").addEventListener("click", () => settle(`${text.value}\n\n${sent}`));
    text.addEventListener("input", typed);
    form.addEventListener("submit", (event) => { event.preventDefault(); keep(); send(); });

    // What an earlier visit typed and could not send.
    try {
      const left = JSON.parse(localStorage.getItem(key) || "null");
      if (left && left.text !== text.value) {
        text.value = left.text;
        version.value = left.version;
        typed();
      } else {
        forget();
      }
    } catch { forget(); }
    return { send, isAtRisk: () => isDirty() && !isKept };
  }

  function reach(isThere) {
    if (!network) return;
    if (!isThere) network.textContent = network.dataset.off;
    else if (network.textContent) network.textContent = network.dataset.on;
  }

  const sendAll = () => forms.forEach((form) => form.send());
  window.addEventListener("online", () => { reach(true); sendAll(); });
  window.addEventListener("offline", () => reach(false));
  setInterval(sendAll, AGAIN_MS);
  window.addEventListener("beforeunload", (event) => {
    // What this browser keeps is there again after the next page; only where it cannot keep anything somebody has to wait.
    if (forms.some((form) => form.isAtRisk())) event.preventDefault();
  });
})();
