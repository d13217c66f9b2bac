// Moves focus to the summary of errors (data-errors), so that a screen reader starts there.
document.querySelector("[data-errors]")?.focus();
