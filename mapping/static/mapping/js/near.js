// Asks the device where it is, only when somebody presses the button, and orders the list by distance. [data-near]
(() => {
  "use strict";

  const DECIMALS = 3; // about a hundred metres: the address of the page tells no more
  if (!navigator.geolocation) return;

  for (const button of document.querySelectorAll("[data-near]")) {
    const said = document.querySelector("[data-near-said]");
    button.hidden = false;
    button.addEventListener("click", () => {
      button.setAttribute("aria-disabled", "true");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          window.location.assign(`${button.dataset.near}${coords.latitude.toFixed(DECIMALS)},${coords.longitude.toFixed(DECIMALS)}#found`);
        },
        () => {
          button.removeAttribute("aria-disabled");
          said.textContent = button.dataset.nearFailed;
        },
        { maximumAge: 600_000, timeout: 10_000 },
      );
    });
  }
})();
