// The base of every map: neighbourhood outlines instead of tiles, large controls, no trap for scrolling.
(() => {
  "use strict";

  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Make a map inside `frame` that shows the outlines; resolves when it knows what to show.
  async function baseMap(frame, canvas, label) {
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", label);
    const map = L.map(canvas, {
      scrollWheelZoom: false,
      zoomControl: false,
      attributionControl: false,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
      maxZoom: 18,
      minZoom: 2,
      zoomSnap: 0.25,
    });
    map.setView([0, 0], 2);
    L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
    // With Control or Command the wheel zooms; without, it scrolls the page.
    canvas.addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        map.setZoomAround(map.mouseEventToLatLng(event), map.getZoom() + (event.deltaY < 0 ? 0.5 : -0.5));
      }
    }, { passive: false });
    let bounds = null;
    if (frame.dataset.outlines) {
      try {
        const outlines = await fetchJson(frame.dataset.outlines);
        bounds = addOutlines(map, outlines);
      } catch {
        // The points are shown without outlines.
      }
    }
    if (bounds && bounds.isValid()) map.fitBounds(bounds, { animate: false });
    return { map, bounds };
  }

  function addOutlines(map, outlines) {
    map.createPane("outlines").style.zIndex = 200;
    const renderer = L.svg({ pane: "outlines" });
    const layer = L.geoJSON(outlines, {
      interactive: false,
      pane: "outlines",
      style: () => ({ className: "map-hood", renderer }),
      onEachFeature: (feature, shape) => {
        const name = document.createElement("span");
        name.textContent = feature.properties.name;
        shape.bindTooltip(name, { permanent: true, direction: "center", className: "map-name", interactive: false });
      },
    }).addTo(map);
    return layer.getBounds();
  }

  async function fetchJson(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  function pin(text, size, group) {
    const element = document.createElement("span");
    element.className = group ? "map-pin map-pin--group" : "map-pin";
    element.style.width = element.style.height = `${size}px`;
    element.textContent = text;
    return L.divIcon({ html: element, className: "", iconSize: [size, size] });
  }

  // Give a marker a name that screen readers say, and let Enter and the space bar work like a click.
  function nameMarker(marker, name) {
    marker.on("add", () => {
      const element = marker.getElement();
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", name);
      element.addEventListener("keydown", (event) => {
        // Leaflet itself lets Enter open a popup, and nothing else.
        if (event.key === " " || (event.key === "Enter" && !marker.getPopup())) {
          event.preventDefault();
          event.stopPropagation();
          marker.fire("click");
        }
      });
    });
    return marker;
  }

  window.learningMap = { baseMap, fetchJson, pin, nameMarker, still };
})();
