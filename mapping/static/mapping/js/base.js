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
    leaveOneFinger(map, canvas, frame.dataset.twoFingers);
    addTiles(map, frame);
    const nameHoods = () => canvas.classList.toggle("map--far", map.getZoom() < 12.5);
    map.on("zoomend", nameHoods);
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
    nameHoods();
    return { map, bounds };
  }

  // One finger scrolls the page, two move the map: whoever scrolls past must not be caught in it. A mouse drags as usual.
  function leaveOneFinger(map, canvas, words) {
    const hint = document.createElement("p");
    hint.className = "map-hint";
    hint.textContent = words ?? "";
    hint.setAttribute("aria-hidden", "true");
    canvas.append(hint);
    let hiding = 0;
    const tell = (shown) => {
      clearTimeout(hiding);
      hint.classList.toggle("is-shown", shown && Boolean(words));
      if (shown) hiding = setTimeout(() => tell(false), 1500);
    };
    canvas.addEventListener("pointerdown", (event) => map.dragging[event.pointerType === "touch" ? "disable" : "enable"](), true);
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch") map.dragging.enable();
    }, true);
    canvas.addEventListener("touchmove", (event) => {
      if (event.touches.length > 1) {
        if (event.cancelable) event.preventDefault();
        tell(false);
      } else if (!event.target.closest(".leaflet-marker-draggable, .leaflet-popup")) {
        tell(true);
      }
    }, { passive: false });
  }

  // A drawn map below the outlines, where the site has one; from a foreign server only once the visitor has agreed.
  function addTiles(map, frame) {
    const { tiles, tilesAsk, tilesZoom, attribution } = frame.dataset;
    if (!tiles) return;
    const question = frame.querySelector("[data-tiles-question]");
    const layer = L.tileLayer(tiles, { maxNativeZoom: Number(tilesZoom), className: "map-tiles" });
    const credit = L.control({ position: "bottomright" });
    credit.onAdd = () => {
      const words = document.createElement("span");
      words.className = "map-credit";
      words.textContent = attribution;
      return words;
    };
    const show = (shown) => {
      map.getContainer().classList.toggle("map--tiles", shown);
      if (shown) {
        layer.addTo(map);
        credit.addTo(map);
      } else {
        layer.remove();
        credit.remove();
      }
      if (question) {
        question.querySelector("[data-tiles-yes]").hidden = shown;
        question.querySelector("[data-tiles-no]").hidden = !shown;
      }
    };
    if (question) {
      question.hidden = false;
      const choose = (agreed) => {
        remember(agreed ? tilesAsk : "");
        show(agreed);
        question.querySelector(agreed ? "[data-tiles-no]" : "[data-tiles-yes]").focus();
      };
      question.querySelector("[data-tiles-yes]").addEventListener("click", () => choose(true));
      question.querySelector("[data-tiles-no]").addEventListener("click", () => choose(false));
    }
    show(!tilesAsk || remembered() === tilesAsk);
  }

  // The answer is kept for the one server it was given for.
  function remembered() {
    try {
      return localStorage.getItem("map-tiles");
    } catch {
      return null;
    }
  }

  function remember(host) {
    try {
      localStorage.setItem("map-tiles", host);
    } catch {
      // Then we ask again next time.
    }
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

  async function fetchJson(address, signal) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  // A round pin with a number or word, or with a drawing (an SVG path on a grid of 24) instead.
  function pin(text, size, group, { drawing = "", series = "" } = {}) {
    const element = document.createElement("span");
    element.className = `map-pin${group ? " map-pin--group" : ""}${series ? ` map-pin--${series}` : ""}`;
    element.style.width = element.style.height = `${size}px`;
    element.textContent = text;
    if (drawing) element.append(draw(drawing));
    return L.divIcon({ html: element, className: "", iconSize: [size, size] });
  }

  function draw(drawing) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", "map-pin__drawing");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", drawing);
    svg.append(path);
    return svg;
  }

  // An open popup takes the focus of who works by keyboard, and gives it back to its marker when it closes.
  function passFocus(map, closeText) {
    map.on("popupopen", ({ popup }) => {
      const element = popup.getElement();
      const close = element.querySelector(".leaflet-popup-close-button");
      if (close && closeText) close.setAttribute("aria-label", closeText);
      const marker = popup._source?.getElement?.();
      if (marker && marker === document.activeElement) element.querySelector(".leaflet-popup-content a")?.focus();
    });
    // Leaflet itself closes it only while the focus is on the map and not on anything in it.
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
    });
    map.on("popupclose", ({ popup }) => {
      const marker = popup._source?.getElement?.();
      // Without fading the popup is gone by now, and its focus with it.
      const held = document.activeElement;
      if (marker && (held === document.body || popup.getElement()?.contains(held))) marker.focus({ preventScroll: true });
    });
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

  window.learningMap = { baseMap, fetchJson, pin, nameMarker, passFocus, still };
})();
