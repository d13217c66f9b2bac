// Starts the admin's widgets from data in the page; learning_city/admin_scripts.py says why and which.
(() => {
  const SELECTOR = 'script[type="application/json"][data-admin-widget]';

  const start = (script) => {
    const name = script.dataset.adminWidget;
    const known = window[name];
    if (typeof known !== "function") return;
    delete script.dataset.adminWidget;
    const given = JSON.parse(script.textContent);
    if (name.startsWith("init")) known(...given);
    else new known(...given);
  };

  const startAllIn = (root) => {
    if (root.matches?.(SELECTOR)) start(root);
    else root.querySelectorAll?.(SELECTOR).forEach(start);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const urls = document.getElementById("admin-chooser-urls");
    if (urls) window.chooserUrls ??= JSON.parse(urls.textContent);
    startAllIn(document);
    new MutationObserver((changes) => {
      for (const change of changes) change.addedNodes.forEach(startAllIn);
    }).observe(document.documentElement, { childList: true, subtree: true });
  });

  // The list of languages of a translation: one box ticks them all.
  document.addEventListener("change", (event) => {
    if (!event.target.matches('[name="select_all"]')) return;
    document.querySelectorAll('[name="locales"]').forEach((box) => {
      box.checked = event.target.checked;
    });
  });
})();
