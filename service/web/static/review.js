// Keys for the review page. Everything works without this file: it only presses what is on the page.
"use strict";

const help = document.querySelector("dialog.help");
const helpButton = document.querySelector("[data-help]");

function press(key) {
  if (key === "?") {
    if (!help) return false;
    help.open ? help.close() : help.showModal();
    return true;
  }
  if (help && help.open) return false;
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("input")) {
    target.focus();
    target.select();
  } else {
    target.click();
  }
  return true;
}

function isTyping(element) {
  return element.matches("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  // A key that belongs to an input method, a shortcut of the browser, or a field is not ours.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (press(event.key)) event.preventDefault();
});

// One decision per press: a second click while the page is on its way would be a stale one.
document.querySelectorAll("form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

if (helpButton) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());
}

// Where paper and card stand side by side, the paper is turned to the place; the card stays in view.
const box = document.getElementById("box");
if (box && matchMedia("(min-width: 64rem)").matches) box.scrollIntoView({ block: "center" });
