// Keeps a page in step with its room: by a socket, by a stream where sockets fail, by asking every few seconds where both do.
// Tells the page by events: "live:sections", "live:you"; takes "live:do" with {kind, fields, form, done}.
(() => {
  const root = document.querySelector("[data-room]");
  if (!root) return;
  const network = document.querySelector("[data-network]");
  const GREETED_WITHIN = 6000;
  const ANSWERED_WITHIN = 8000;
  const ASK_EVERY = 5000;
  const BYE = [4401, 4403];
  const language = document.documentElement.lang;
  let version = Number(root.dataset.version);
  let socket = null;
  let isGreeted = false;
  let everGreeted = false;
  let tries = 0;
  let way = "socket";
  const waiting = new Map();

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const show = (state) => {
    root.dataset.way = state;
    if (network) network.textContent = network.dataset[state] || "";
  };

  function hear(message) {
    if (message.t === "snap") {
      // What is older than what is shown can only be presence: a frame never leaves out what came before it.
      if (message.v >= version) {
        version = message.v;
        root.dataset.version = version;
        tell("live:sections", message.s);
      }
    } else if (message.t === "hello") {
      isGreeted = everGreeted = true;
      tries = 0;
      root.dataset.offset = message.now - Date.now();
      show("socket");
      tell("live:you", message.you);
    } else if (message.t === "ok" || message.t === "err") {
      const done = waiting.get(message.id);
      waiting.delete(message.id);
      if (done) done(message);
    }
  }

  function connect() {
    way = "socket";
    isGreeted = false;
    const address = `${location.origin.replace(/^http/, "ws")}${root.dataset.socket}?lang=${language}`;
    const mine = new WebSocket(address);
    socket = mine;
    const patience = setTimeout(() => mine.close(), GREETED_WITHIN);
    mine.addEventListener("open", () => mine.send(JSON.stringify({ t: "hello", v: version })));
    mine.addEventListener("message", (event) => {
      clearTimeout(patience);
      hear(JSON.parse(event.data));
    });
    mine.addEventListener("close", (event) => {
      clearTimeout(patience);
      if (socket !== mine) return;
      socket = null;
      isGreeted = false;
      if (BYE.includes(event.code)) { show("bye"); return; }
      tries += 1;
      if (!everGreeted && tries >= 2) { stream(); return; }
      show("off");
      ask();
      const wait = Math.min(20000, 500 * 2 ** tries) * (0.5 + Math.random());
      setTimeout(() => { if (way === "socket" && !socket) connect(); }, event.code === 4429 ? 30000 : wait);
    });
  }

  function stream() {
    way = "stream";
    if (!window.EventSource) { poll(); return; }
    const source = new EventSource(`${root.dataset.stream}?v=${version}`);
    let hasOpened = false;
    let failures = 0;
    source.addEventListener("open", () => { hasOpened = true; failures = 0; show("stream"); });
    source.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    source.addEventListener("bye", (event) => {
      source.close();
      if (BYE.includes(JSON.parse(event.data).code)) show("bye"); else setTimeout(stream, 2000);
    });
    source.addEventListener("error", () => {
      failures += 1;
      if (source.readyState === EventSource.CLOSED || (!hasOpened && failures >= 2) || failures >= 5) {
        source.close();
        poll();
      } else {
        show("off");
      }
    });
  }

  async function ask() {
    try {
      const answer = await fetch(root.dataset.state, { headers: { Accept: "application/json" } });
      if (answer.status === 404 || answer.status === 403) { show("bye"); return false; }
      if (answer.ok) hear(await answer.json());
      return answer.ok;
    } catch {
      return null;
    }
  }

  async function poll() {
    way = "poll";
    const found = await ask();
    if (found === false) return;
    show(found ? "poll" : "off");
    setTimeout(poll, ASK_EVERY * (0.8 + 0.4 * Math.random()));
  }

  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // By the socket while there is one, otherwise by the form's own address; the key makes that the same twice is done once.
  async function act(kind, fields, form) {
    const key = fields.id || newKey();
    if (socket && isGreeted) {
      const { id: _id, csrfmiddlewaretoken: _token, t: _kind, ...said } = fields;
      for (const name of ["statement", "choice"]) if (name in said) said[name] = Number(said[name]);
      const answer = await new Promise((resolve) => {
        waiting.set(key, resolve);
        socket.send(JSON.stringify({ t: kind, id: key, ...said }));
        setTimeout(() => { waiting.delete(key); resolve(null); }, ANSWERED_WITHIN);
      });
      if (answer) return answer;
    }
    const body = new FormData(form);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set("id", key);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.ok && way === "poll") ask();
    return said;
  }

  document.addEventListener("live:do", async (event) => {
    const { kind, fields, form, done } = event.detail;
    let answer = null;
    try { answer = await act(kind, fields, form); } catch { /* no network: the form stays as it is */ }
    if (answer && answer.you) tell("live:you", answer.you);
    done(answer);
  });

  window.addEventListener("online", () => {
    if (way === "socket" && !socket) connect(); else ask();
  });
  window.addEventListener("offline", () => show("off"));

  if (window.WebSocket) connect(); else stream();
})();
