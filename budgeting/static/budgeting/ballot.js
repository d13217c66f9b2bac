// Tells at each project of a form with data-ballot why one more would go beyond the limits; it stays choosable.
// It only informs, like the total that participation/js/ballot.js keeps: the server decides.
(() => {
  const language = document.documentElement.lang || "en";
  for (const form of document.querySelectorAll("form[data-ballot]")) {
    const bar = form.querySelector("[data-money-bar]");
    if (!bar) continue;
    const { total, currency, maxItems } = bar.dataset;
    const { overReason, fullReason } = form.dataset;
    for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
    const money = (cents) => {
      const options = { style: "currency", currency, maximumFractionDigits: cents % 100 ? 2 : 0 };
      return new Intl.NumberFormat(language, options).format(cents / 100);
    };
    const tell = (box, words) => {
      const id = `${box.id}-reason`;
      let place = document.getElementById(id);
      if (!place && words) {
        place = document.createElement("p");
        place.id = id;
        place.className = "soft small";
        document.getElementById(`${box.id}-cost`).after(place);
      }
      if (!place || (place.textContent === words && place.hidden === !words)) return;
      place.textContent = words;
      place.hidden = !words;
      box.setAttribute("aria-describedby", words ? `${box.id}-cost ${id}` : `${box.id}-cost`);
    };
    const update = () => {
      const boxes = [...form.querySelectorAll("[data-cents]")];
      const chosen = boxes.filter((box) => box.checked);
      const used = chosen.reduce((sum, box) => sum + Number(box.dataset.cents), 0);
      for (const box of boxes) {
        const over = total === undefined ? 0 : used + Number(box.dataset.cents) - Number(total);
        let words = "";
        if (!box.checked && over > 0) words = overReason.replace("{amount}", money(over));
        else if (!box.checked && maxItems && chosen.length >= Number(maxItems)) words = fullReason;
        tell(box, words);
      }
    };
    form.addEventListener("change", update);
    window.addEventListener("pageshow", update);
    update();
  }
})();
