// [data-print]: prints the page.
export function offerPrinting(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// [data-read-aloud]: reads [data-read-aloud-source] in the language of the page, and stops on the second press.
export function offerReading(root) {
  if (!("speechSynthesis" in window)) return;
  for (const button of root.querySelectorAll("[data-read-aloud]")) {
    button.hidden = false;
    button.dataset.start = button.textContent;
    button.addEventListener("click", () => toggle(button, root));
  }
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}

function toggle(button, root) {
  if (speechSynthesis.speaking) {
    speechSynthesis.cancel();
    rest(button);
    return;
  }
  const parts = sentences(root.querySelector("[data-read-aloud-source]"));
  if (!parts.length) return;
  for (const part of parts) speechSynthesis.speak(part);
  parts.at(-1).onend = () => rest(button);
  button.textContent = button.dataset.stop;
}

function rest(button) {
  button.textContent = button.dataset.start;
}

// Short pieces, because browsers fall silent in the middle of a long one.
function sentences(source) {
  const text = source ? source.innerText : "";
  const pieces = text.match(/[^。！？.!?\n]+[。！？.!?]?/g) ?? [];
  return pieces.map((piece) => piece.trim()).filter(Boolean).map((piece) => {
    const part = new SpeechSynthesisUtterance(piece);
    part.lang = document.documentElement.lang;
    return part;
  });
}
