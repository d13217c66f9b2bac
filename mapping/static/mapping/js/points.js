// A map of many points: near ones are drawn as one group that opens on zooming in. [data-points-map]
(() => {
  "use strict";

  const CELL = 56; // pixels: two pins closer than this would cover each other
  if (!window.learningMap || !window.L) return;
  const { baseMap, fetchJson, pin, nameMarker, passFocus, still } = window.learningMap;

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
    const { map, bounds } = await baseMap(frame, canvas, frame.dataset.label);
    passFocus(map, frame.dataset.close);
    if (answer.points.length === 1) {
      map.setView(answer.points[0].slice(1, 3), bounds ? Math.max(map.getZoom() + 1, 13) : 15, { animate: false });
    } else if (answer.points.length && !answer.points.some((point) => bounds?.contains(point.slice(1, 3)))) {
      // No outlines, or all points lie in another place than they.
      map.fitBounds(answer.points.map((point) => point.slice(1, 3)), { padding: [32, 32], animate: false });
    }
    showPoints(frame, map, answer);
  }

  // Keep these points drawn on the map until the function that is returned is called. `look` is how their pins look.
  function showPoints(frame, map, answer, look = {}) {
    const layer = L.layerGroup().addTo(map);
    const draw = () => redraw(frame, map, layer, { ...answer, look });
    map.on("moveend zoomend", draw);
    draw();
    return () => {
      map.off("moveend zoomend", draw);
      layer.remove();
    };
  }
  window.learningMap.showPoints = showPoints;

  // In a list of points that have pages of their own, the first member of a point is its address.
  function addressOf(answer, id) {
    return answer.base ? `${answer.base}${id}/` : typeof id === "string" ? id : "";
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
      const marker = points.length === 1 ? single(frame, answer, points[0]) : group(frame, map, answer, points);
      marker.cellKey = cellKey;
      layer.addLayer(marker);
    }
    for (const marker of held) if (!marker.cellKey.startsWith(`${zoom}:`) && !marker.isPopupOpen()) layer.removeLayer(marker);
  }

  function single(frame, answer, [id, latitude, longitude, title]) {
    const marker = nameMarker(L.marker([latitude, longitude], { icon: pin("", answer.look.drawing ? 32 : 24, false, answer.look), riseOnHover: true }), title);
    const address = addressOf(answer, id);
    const content = document.createElement(address ? "a" : "span");
    if (address) content.href = address;
    if (address && "outside" in frame.dataset) content.target = "_blank";
    content.textContent = title;
    return marker.bindPopup(content, { autoPan: true, autoPanPadding: [24, 24], keepInView: false });
  }

  function group(frame, map, answer, points) {
    const places = L.latLngBounds(points.map((point) => [point[1], point[2]]));
    const name = frame.dataset.groupText.replace("{number}", points.length);
    const marker = nameMarker(L.marker(places.getCenter(), { icon: pin(String(points.length), 40, true, { series: answer.look.series }) }), name);
    return marker.on("click", () => {
      if (map.getZoom() >= map.getMaxZoom() || places.getNorthEast().equals(places.getSouthWest())) {
        listThem(frame, marker, answer, points);
      } else {
        map.fitBounds(places, { padding: [48, 48], animate: !still, maxZoom: map.getZoom() + 3 });
        map.getContainer().focus();
      }
    });
  }

  // Points at one and the same place cannot be zoomed apart: list them.
  function listThem(frame, marker, answer, points) {
    const list = document.createElement("ul");
    for (const [id, , , title] of points) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = addressOf(answer, id);
      if ("outside" in frame.dataset) link.target = "_blank";
      link.textContent = title;
      item.append(link);
      list.append(item);
    }
    marker.bindPopup(list, { maxHeight: 240 }).openPopup();
  }
})();
