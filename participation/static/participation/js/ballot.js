// Keeps the money bar (data-money-bar) of a form with data-ballot in step with its ticked projects (data-cents).
// It only informs: the server decides, and without this file the form is checked when it is sent.
(() => {
  const language = document.documentElement.lang || "en";
  for (const form of document.querySelectorAll("form[data-ballot]")) {
    const bar = form.querySelector("[data-money-bar]");
    if (!bar) continue;
    const { total, currency, maxItems, leftText, overText, usedText, chosenText } = bar.dataset;
    const money = (cents) => {
      const options = { style: "currency", currency, maximumFractionDigits: cents % 100 ? 2 : 0 };
      return new Intl.NumberFormat(language, options).format(cents / 100);
    };
    const set = (name, text) => {
      const place = bar.querySelector(name);
      if (place && place.textContent !== text) place.textContent = text;
    };
    const update = () => {
      const chosen = [...form.querySelectorAll("[data-cents]:checked")];
      const used = chosen.reduce((sum, box) => sum + Number(box.dataset.cents), 0);
      const limit = Number(total ?? maxItems ?? 0);
      const level = total === undefined ? chosen.length : used;
      if (total !== undefined) {
        const left = limit - used;
        set("[data-left]", (left < 0 ? overText : leftText).replace("{amount}", money(Math.abs(left))));
        set("[data-used]", usedText.replace("{amount}", money(used)).replace("{total}", money(limit)));
      }
      set("[data-chosen]", chosenText.replace("{number}", chosen.length).replace("{most}", maxItems));
      bar.classList.toggle("money-bar--over", level > limit || chosen.length > Number(maxItems ?? Infinity));
      const share = limit ? Math.min(level / limit, 1) : 0;
      bar.querySelector(".bar__fill")?.setAttribute("width", `${(share * 100).toFixed(1)}%`);
    };
    form.addEventListener("change", update);
    window.addEventListener("pageshow", update);
    update();
  }
})();
