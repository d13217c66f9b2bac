// A map of many points: near ones are drawn as one group that opens on zooming in. [data-points-map]
(() => {
  "use strict";

  const CELL = 56; // pixels: two pins closer than this would cover each other
  if (!window.learningMap || !window.L) return;
  const { baseMap, fetchJson, pin, nameMarker, still } = window.learningMap;

  for (const frame of document.querySelectorAll("[data-points-map]")) start(frame);

  async function start(frame) {
    const canvas = document.createElement("div");
    const wait = frame.querySelector("[data-wait]");
    let answer;
    try {
      answer = frame.dataset.points
        ? await fetchJson(frame.dataset.points)
        : { base: "", points: [[0, Number(frame.dataset.latitude), Number(frame.dataset.longitude), frame.dataset.title]] };
    } catch {
      wait.textContent = frame.dataset.failedText;
      return;
    }
    wait.remove();
    frame.append(canvas);
    frame.pointsBase = answer.base;
    const { map, bounds } = await baseMap(frame, canvas, frame.dataset.label);
    const layer = L.layerGroup().addTo(map);
    const draw = () => redraw(frame, map, layer, answer);
    map.on("moveend zoomend", draw);
    if (answer.points.length === 1) {
      map.setView(answer.points[0].slice(1, 3), bounds ? Math.max(map.getZoom() + 1, 13) : 15, { animate: false });
    } else if (answer.points.length && !answer.points.some((point) => bounds?.contains(point.slice(1, 3)))) {
      // No outlines, or all points lie in another place than they.
      map.fitBounds(answer.points.map((point) => point.slice(1, 3)), { padding: [32, 32], animate: false });
    }
    draw();
  }

  function redraw(frame, map, layer, answer) {
    const cells = new Map();
    const seen = map.getBounds().pad(0.1);
    const zoom = map.getZoom();
    for (const point of answer.points) {
      const where = [point[1], point[2]];
      if (!seen.contains(where)) continue;
      const spot = map.project(where, zoom);
      const key = `${Math.floor(spot.x / CELL)}:${Math.floor(spot.y / CELL)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(point);
    }
    // What has focus or an open popup stays; the rest is drawn anew.
    const held = layer.getLayers().filter((marker) => marker.isPopupOpen() || marker.getElement() === document.activeElement);
    const kept = new Set(held.map((marker) => marker.cellKey));
    for (const marker of layer.getLayers()) if (!held.includes(marker)) layer.removeLayer(marker);
    for (const [key, points] of cells) {
      const cellKey = `${zoom}:${key}`;
      if (kept.has(cellKey)) continue;
      const marker = points.length === 1 ? single(frame, answer, points[0]) : group(frame, map, points);
      marker.cellKey = cellKey;
      layer.addLayer(marker);
    }
    for (const marker of held) if (!marker.cellKey.startsWith(`${zoom}:`) && !marker.isPopupOpen()) layer.removeLayer(marker);
  }

  function single(frame, answer, [id, latitude, longitude, title]) {
    const marker = nameMarker(L.marker([latitude, longitude], { icon: pin("", 24, false), riseOnHover: true }), title);
    const content = document.createElement(answer.base ? "a" : "span");
    if (answer.base) content.href = `${answer.base}${id}/`;
    content.textContent = title;
    return marker.bindPopup(content, { autoPan: true, autoPanPadding: [24, 24], keepInView: false });
  }

  function group(frame, map, points) {
    const places = L.latLngBounds(points.map((point) => [point[1], point[2]]));
    const name = frame.dataset.groupText.replace("{number}", points.length);
    const marker = nameMarker(L.marker(places.getCenter(), { icon: pin(String(points.length), 40, true) }), name);
    return marker.on("click", () => {
      if (map.getZoom() >= map.getMaxZoom() || places.getNorthEast().equals(places.getSouthWest())) {
        listThem(frame, marker, points);
      } else {
        map.fitBounds(places, { padding: [48, 48], animate: !still, maxZoom: map.getZoom() + 3 });
        map.getContainer().focus();
      }
    });
  }

  // Points at one and the same place cannot be zoomed apart: list them.
  function listThem(frame, marker, points) {
    const list = document.createElement("ul");
    for (const [id, , , title] of points) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${frame.pointsBase}${id}/`;
      link.textContent = title;
      item.append(link);
      list.append(item);
    }
    marker.bindPopup(list, { maxHeight: 240 }).openPopup();
  }
})();
