// Fills what a room's sections say into the page: data-text, data-attr, data-show and data-each name values of the section in
// the nearest data-live. Rows are copied from the template (in drawings: the first child of <defs>) that stands in the list.
(() => {
  const SVG_LIST = "defs";
  const valueOf = (data, path) => path.split(".").reduce((at, name) => (at === null || at === undefined ? at : at[name]), data);
  const isThere = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  const kept = new WeakMap();

  function holds(data, test) {
    if (test.includes("=")) {
      const [path, wanted] = test.split("=");
      return String(valueOf(data, path)) === wanted;
    }
    return test.startsWith("!") ? !isThere(valueOf(data, test.slice(1))) : isThere(valueOf(data, test));
  }

  function fillOne(element, data) {
    const { text, attr, show } = element.dataset;
    if (text) {
      const value = valueOf(data, text);
      const words = value === null || value === undefined ? "" : String(value);
      if (element.textContent !== words) element.textContent = words;
    }
    for (const pair of attr ? attr.split(",") : []) {
      const [name, path] = pair.split(":");
      const value = valueOf(data, path);
      const plain = name.replace("%", "");
      element.setAttribute(plain, value === null || value === undefined ? "" : `${value}${plain === name ? "" : "%"}`);
    }
    if (show) {
      const shown = holds(data, show);
      if (element.hasAttribute("hidden") === shown) element.toggleAttribute("hidden", !shown);
    }
  }

  function fill(element, data) {
    fillOne(element, data);
    if (element.dataset.each) {
      fillList(element, valueOf(data, element.dataset.each) || []);
      return;
    }
    for (const child of element.children) if (!("live" in child.dataset)) fill(child, data);
  }

  function fillList(list, rows) {
    // A list that says the same is left alone, so that nobody's place in it is lost.
    const said = JSON.stringify(rows);
    if (kept.get(list) === said) return;
    kept.set(list, said);
    const model = [...list.children].find((child) => child.localName === "template" || child.localName === SVG_LIST);
    const source = model.localName === "template" ? model.content.firstElementChild : model.firstElementChild;
    const made = rows.map((row) => {
      const copy = document.importNode(source, true);
      fill(copy, row);
      return copy;
    });
    list.replaceChildren(model, ...made);
  }

  function apply(name, data) {
    for (const element of document.querySelectorAll(`[data-live="${name}"]`)) {
      fill(element, data);
    }
    // Parts that belong to one section and depend on another.
    for (const element of document.querySelectorAll(`[data-when^="${name}:"]`)) {
      element.toggleAttribute("hidden", !holds(data, element.dataset.when.slice(name.length + 1)));
    }
  }

  document.addEventListener("live:sections", (event) => {
    for (const [name, data] of Object.entries(event.detail)) apply(name, data);
    document.dispatchEvent(new CustomEvent("live:filled", { detail: Object.keys(event.detail) }));
  });
  document.addEventListener("live:you", (event) => apply("you", event.detail));
  document.addEventListener("live:spot", (event) => apply("spot", event.detail || {}));

  // The clock of the item that is on: by the server's time, spoken by nobody, once a second.
  const two = (number) => String(number).padStart(2, "0");
  function tick() {
    const root = document.querySelector("[data-room]");
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const ends = Number(clock.dataset.ends);
      clock.hidden = !ends;
      if (!ends) continue;
      const left = Math.round((ends - Date.now() - Number(root.dataset.offset || 0)) / 1000);
      const time = `${Math.floor(Math.abs(left) / 60)}:${two(Math.abs(left) % 60)}`;
      clock.textContent = ` · ${(left < 0 ? clock.dataset.over : clock.dataset.left).replace("{time}", time)}`;
      clock.toggleAttribute("data-late", left < 0);
    }
  }
  if (document.querySelector("[data-clock]")) {
    tick();
    setInterval(tick, 1000);
  }
})();
