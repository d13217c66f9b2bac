// Sets the two coordinate fields from a map: by click, by dragging the pin, or by keyboard. [data-point-picker]
(() => {
  "use strict";

  if (!window.learningMap || !window.L) return;
  const { baseMap, nameMarker, pin } = window.learningMap;
  const STEP = 8; // pixels an arrow key moves the pin

  for (const picker of document.querySelectorAll("[data-point-picker]")) start(picker);

  async function start(picker) {
    const [latitude, longitude] = picker.querySelectorAll("input");
    const said = picker.querySelector("[data-said]");
    for (const part of picker.querySelectorAll("[data-map]")) part.hidden = false;
    const canvas = picker.querySelector(".point-picker__map");
    const { map } = await baseMap(picker, canvas, picker.dataset.mapText);
    let marker = null;

    const typed = () => {
      const place = [latitude.value.trim(), longitude.value.trim()].map((text) => (text === "" ? NaN : Number(text.replace(",", "."))));
      return Number.isFinite(place[0]) && Number.isFinite(place[1]) && Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180
        ? L.latLng(place[0], place[1])
        : null;
    };

    const write = (place, announce) => {
      latitude.value = place.lat.toFixed(6);
      longitude.value = place.wrap().lng.toFixed(6);
      show(place);
      if (announce) said.textContent = `${picker.dataset.setText} ${latitude.value}, ${longitude.value}`;
    };

    const show = (place) => {
      if (marker) {
        marker.setLatLng(place);
        return;
      }
      marker = nameMarker(L.marker(place, { icon: pin("", 28, false), draggable: true, autoPan: true }), picker.dataset.markerText);
      marker.on("dragend", () => write(marker.getLatLng(), true));
      marker.addTo(map);
      marker.getElement().addEventListener("keydown", (event) => {
        const move = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] }[event.key];
        if (!move) return;
        event.preventDefault();
        event.stopPropagation();
        write(map.unproject(map.project(marker.getLatLng()).add(move)), true);
        map.panInside(marker.getLatLng(), { padding: [40, 40], animate: false });
      });
    };

    const clear = () => {
      if (marker) marker.remove();
      marker = null;
    };

    map.on("click", (event) => write(event.latlng, true));
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === canvas) {
        event.preventDefault();
        write(map.getCenter(), true);
      }
    });
    picker.querySelector("[data-here]").addEventListener("click", () => write(map.getCenter(), true));
    picker.querySelector("[data-clear]").addEventListener("click", () => {
      latitude.value = longitude.value = "";
      clear();
    });
    for (const field of [latitude, longitude]) {
      field.addEventListener("change", () => {
        // What other maps put on the clipboard: both numbers in one field.
        const pair = field.value.trim().match(/^(-?\d+\.\d+)(?:\s*[,;]\s*|\s+)(-?\d+\.\d+)$/);
        if (pair) [, latitude.value, longitude.value] = pair;
        const place = typed();
        if (place) {
          show(place);
          map.panInside(place, { padding: [40, 40], animate: false });
        } else {
          clear();
        }
      });
    }
    const before = typed();
    if (before) {
      show(before);
      map.setView(before, Math.max(map.getZoom(), 13), { animate: false });
    }
  }
})();
