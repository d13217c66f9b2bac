// The list at the door: a tap counts at once on this device, is kept until the server has it, and is sent again after a gap
// in the network. Each tap has a key of its own, so that sending it twice counts once.
(() => {
  const list = document.querySelector("[data-door]");
  if (!list || !window.fetch || !window.crypto || !window.crypto.randomUUID) {
    return;
  }
  const store = `door:${list.dataset.door}`;
  const state = document.querySelector("[data-door-state]");
  const token = list.querySelector("[name=csrfmiddlewaretoken]").value;
  let sending = false;

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(store)) || [];
    } catch {
      return [];
    }
  };
  const write = (taps) => {
    try {
      if (taps.length) {
        localStorage.setItem(store, JSON.stringify(taps));
      } else {
        localStorage.removeItem(store);
      }
      return true;
    } catch {
      return false;
    }
  };
  const show = (row, came) => {
    const button = row.querySelector("button");
    row.dataset.in = came ? "1" : "";
    button.value = came ? "out" : "in";
    button.classList.toggle("button--second", came);
    button.firstChild.textContent = came ? button.dataset.came : button.dataset.come;
  };
  const tell = (words) => {
    state.textContent = words;
    state.hidden = !words;
  };
  const rowOf = (number) => list.querySelector(`[data-registration="${Number(number)}"]`);

  const send = async () => {
    const taps = read();
    if (sending || !taps.length) {
      return;
    }
    sending = true;
    const batch = taps.slice(0, 100);
    try {
      const response = await fetch(list.dataset.door, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ taps: batch }),
        redirect: "error",
      });
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      const answer = await response.json();
      const done = new Set(batch.map((tap) => tap.key));
      write(read().filter((tap) => !done.has(tap.key)));
      const waiting = new Set(read().map((tap) => tap.registration));
      for (const [number, came] of Object.entries(answer.states)) {
        const row = rowOf(number);
        if (row && !waiting.has(Number(number))) {
          show(row, came);
        }
      }
      for (const tap of batch.filter((each) => answer.refused[each.key])) {
        const row = rowOf(tap.registration);
        if (row) {
          show(row, !tap.in);
        }
      }
      const refused = Object.values(answer.refused);
      tell(refused.length ? `${state.dataset.refused} ${[...new Set(refused)].join(" ")}` : "");
    } catch {
      tell(state.dataset.kept.replace("{number}", String(read().length)));
    }
    sending = false;
  };

  list.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-registration]");
    const tap = {
      key: crypto.randomUUID(),
      registration: Number(row.dataset.registration),
      in: !row.dataset.in,
      at: new Date().toISOString(),
    };
    if (!write([...read(), tap])) {
      return; // nothing can be kept here: the plain form goes to the server
    }
    event.preventDefault();
    show(row, tap.in);
    send();
  });
  for (const tap of read()) {
    const row = rowOf(tap.registration);
    if (row) {
      show(row, tap.in);
    }
  }
  window.addEventListener("online", send);
  setInterval(send, 15000);
  send();
})();
