// Closes an open menu (details[data-menu]) on Escape, on a click elsewhere and when focus leaves it.
(() => {
  const closeAllBut = (kept) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (menu !== kept) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeAllBut(event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => closeAllBut(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
