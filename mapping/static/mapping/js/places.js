// The map of a search: the server counts the places of what is in sight, so that map and list always agree. [data-places-map]
(() => {
  "use strict";

  const WAIT = 120; // milliseconds after the last movement
  const STEPS = 3; // levels that a click on a group zooms in at most: without a drawn map one would be lost
  const NEARER = 0.75; // levels that coming nearer has to gain
  if (!window.learningMap || !window.L) return;
  const { baseMap, fetchJson, pin, nameMarker, passFocus, showPoints, still } = window.learningMap;

  for (const frame of document.querySelectorAll("[data-places-map]")) start(frame);

  async function start(frame) {
    const canvas = document.createElement("div");
    const wait = frame.querySelector("[data-wait]");
    wait.remove();
    frame.querySelector("[data-frame]").append(canvas);
    const { map, bounds } = await baseMap(frame, canvas, frame.dataset.label);
    passFocus(map, frame.dataset.close);
    const box = frame.dataset.box.split(",").map(Number);
    if (box.length === 4) {
      const found = L.latLngBounds([box[1], box[0]], [box[3], box[2]]);
      const city = bounds?.isValid() && bounds.contains(found) ? map.getBoundsZoom(bounds) : -Infinity;
      // Places all over the city: show the city whole, rather than cut its edge off to come a little nearer.
      if (map.getBoundsZoom(found, false, [80, 80]) < city + NEARER) map.fitBounds(bounds, { padding: [12, 12], animate: false });
      else map.fitBounds(found, { padding: [40, 40], maxZoom: 15, animate: false });
    }
    const drawings = new Map();
    for (const key of frame.querySelectorAll("[data-symbol]")) drawings.set(key.dataset.symbol, key.dataset.drawing);
    const shown = { frame, map, drawings, layer: L.layerGroup().addTo(map), markers: new Map(), answer: null, box: null, zoom: -1 };
    let timer = 0;
    map.on("moveend", () => {
      clearTimeout(timer);
      timer = setTimeout(() => refresh(shown), WAIT);
    });
    refresh(shown);
    for (const choice of frame.querySelectorAll("[data-layer-choice]")) offerLayer(shown, choice);
  }

  async function refresh(shown) {
    const { frame, map } = shown;
    const zoom = Math.round(map.getZoom());
    if (zoom === shown.zoom && shown.box.contains(map.getBounds())) return;
    // Whole steps, so that two visitors who look at the same part of the city ask for the same.
    const step = 90 / 2 ** zoom;
    const seen = map.getBounds().pad(0.2);
    const down = (number) => Math.floor(number / step) * step;
    const up = (number) => Math.ceil(number / step) * step;
    const bounds = [down(seen.getWest()), Math.max(down(seen.getSouth()), -90), up(seen.getEast()), Math.min(up(seen.getNorth()), 90)];
    const query = `bbox=${bounds.map((number) => number.toFixed(6)).join(",")}&zoom=${zoom}`;
    shown.request?.abort();
    shown.request = new AbortController();
    let answer;
    try {
      answer = await fetchJson(`${frame.dataset.cells}${frame.dataset.cells.includes("?") ? "&" : "?"}${query}`, shown.request.signal);
    } catch (error) {
      if (error.name !== "AbortError") say(frame, frame.dataset.failedText);
      return;
    }
    shown.zoom = zoom;
    shown.box = L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
    draw(shown, answer);
  }

  function say(frame, words) {
    frame.querySelector("[data-said]").textContent = words;
  }

  // Markers that stay are left alone, so that focus and open popups stay too.
  function draw(shown, answer) {
    const wanted = new Map();
    for (const place of answer.places) wanted.set(`place ${place[0]}`, () => single(shown, answer, place));
    for (const cluster of answer.clusters) wanted.set(`group ${cluster.slice(0, 3).join(" ")}`, () => group(shown, answer, cluster));
    for (const [key, marker] of shown.markers) {
      if (wanted.has(key)) continue;
      if (marker.getElement() === document.activeElement) shown.map.getContainer().focus({ preventScroll: true });
      shown.layer.removeLayer(marker);
      shown.markers.delete(key);
    }
    for (const [key, make] of wanted) {
      if (shown.markers.has(key)) continue;
      const marker = make();
      shown.markers.set(key, marker);
      shown.layer.addLayer(marker);
    }
  }

  function single(shown, answer, [id, latitude, longitude, name, symbol]) {
    const drawing = shown.drawings.get(answer.symbols[symbol]) ?? "";
    const marker = nameMarker(L.marker([latitude, longitude], { icon: pin("", 34, false, { drawing }), riseOnHover: true }), name);
    const words = document.createElement("span");
    words.textContent = name;
    marker.bindTooltip(words, { direction: "top", offset: [0, -16], className: "map-tip" });
    return marker.bindPopup(link(shown, id, name), { autoPanPadding: [24, 24] });
  }

  function link({ frame }, id, name) {
    const element = document.createElement("a");
    element.href = `${frame.dataset.places}${id}/`;
    if ("outside" in frame.dataset) element.target = "_blank";
    element.textContent = name;
    return element;
  }

  function group(shown, answer, [number, latitude, longitude, zoom, members]) {
    const { frame, map } = shown;
    const text = (zoom ? frame.dataset.groupText : frame.dataset.spotText).replace("{number}", number.toLocaleString(document.documentElement.lang));
    const size = number < 10 ? 36 : number < 100 ? 42 : number < 1000 ? 50 : 58;
    const marker = nameMarker(L.marker([latitude, longitude], { icon: pin(short(number), size, true) }), text);
    if (members) return marker.bindPopup(() => list(shown, answer, number, members), { maxHeight: 260, autoPanPadding: [24, 24] });
    return marker.on("click", () => {
      map.setView([latitude, longitude], Math.min(Math.max(zoom, map.getZoom() + 1), map.getZoom() + STEPS, map.getMaxZoom()), { animate: !still });
      map.getContainer().focus({ preventScroll: true });
    });
  }

  function short(number) {
    return number < 10_000 ? String(number) : `${Math.floor(number / 1000)}k`;
  }

  // Places at one and the same spot cannot be zoomed apart: list them.
  function list(shown, answer, number, members) {
    const element = document.createElement("ul");
    element.className = "map-list";
    for (const [id, name] of members) {
      const item = document.createElement("li");
      item.append(link(shown, id, name));
      element.append(item);
    }
    if (number > members.length) {
      const item = document.createElement("li");
      item.textContent = shown.frame.dataset.restText.replace("{number}", number - members.length);
      element.append(item);
    }
    return element;
  }

  function offerLayer({ frame, map }, choice) {
    const box = choice.querySelector("input");
    let remove = null;
    choice.hidden = false;
    box.addEventListener("change", async () => {
      remove?.();
      remove = null;
      if (!box.checked) return;
      try {
        const answer = await fetchJson(box.dataset.layer);
        if (box.checked && !remove) remove = showPoints(frame, map, { base: "", points: answer.points }, { drawing: box.dataset.drawing, series: box.dataset.series });
      } catch {
        box.checked = false;
        say(frame, frame.dataset.failedText);
      }
    });
  }
})();
