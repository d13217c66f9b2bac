// A button with data-copy="<id>" copies the text of that element and says so in its own words.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.after(said);
    said.textContent = button.dataset.copied;
    setTimeout(() => said.remove(), 4000);
  });
})();
