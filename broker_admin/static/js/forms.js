// A second click on a slow connection must not send the form twice. Downloads leave the page where
// it is, so their buttons stay usable: data-download on the form or on the button.
export function guardSubmits(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.hasAttribute("data-download") || event.submitter?.hasAttribute("data-download")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    mark(form, true);
  });
  // Coming back with the browser's button shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      mark(form, false);
    }
  });
}

// aria-disabled and not disabled: a disabled button would lose the focus and its name and value.
function mark(form, busy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

// form[data-unsaved]: ask before leaving a form that was changed and not sent.
export function warnUnsaved(root) {
  const changed = new Set();
  for (const form of root.querySelectorAll("form[data-unsaved]")) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
}
