// Says how many characters are left in a text box, in the element with data-count="<id>".
(() => {
  const timers = new WeakMap();
  const show = (line) => {
    const box = document.getElementById(line.dataset.count);
    if (!box || box.maxLength < 0) return;
    const left = box.maxLength - box.value.length;
    line.textContent = line.dataset.countText.replace("{number}", left.toLocaleString(document.documentElement.lang));
    line.classList.toggle("field__count--over", left <= 0);
    line.hidden = false;
  };
  const lines = document.querySelectorAll("[data-count]");
  for (const line of lines) {
    show(line);
    line.setAttribute("role", "status");
  }
  document.addEventListener("input", (event) => {
    for (const line of document.querySelectorAll("[data-count]")) {
      if (line.dataset.count !== event.target.id) continue;
      // Wait for a pause in typing, or a screen reader would speak at every key.
      clearTimeout(timers.get(line));
      timers.set(line, setTimeout(show, 700, line));
    }
  });
})();
