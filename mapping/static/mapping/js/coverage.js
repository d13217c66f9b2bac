// A click on the drawn map asks what one more place there would change. [data-coverage-map] names the form it fills.
(() => {
  "use strict";

  for (const map of document.querySelectorAll("[data-coverage-map]")) {
    const form = document.getElementById(map.dataset.coverageMap);
    const hint = form?.querySelector("[data-coverage-hint]");
    if (!form) continue;
    if (hint) hint.hidden = false;
    map.classList.add("is-ready");
    map.addEventListener("click", (event) => {
      const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
      const { west, north, across, up } = map.dataset;
      form.elements.longitude.value = (Number(west) + spot.x / Number(across)).toFixed(6);
      form.elements.latitude.value = (Number(north) - spot.y / Number(up)).toFixed(6);
      form.elements.at.value = "";
      form.requestSubmit();
    });
  }
})();
