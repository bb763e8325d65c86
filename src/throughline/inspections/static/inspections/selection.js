// Where scripts run, words that are marked in the letter's text go into the form at the press of a button.
// Without scripts they are copied and pasted.
const source = document.querySelector("[data-page-text]");
const target = document.getElementById("id_text");
const bar = document.querySelector("[data-selection-bar]");
const said = document.querySelector("[data-selection-said]");

/** The marked words as a sentence runs: lines joined, a hyphen at a line's end kept, a bullet in front left out. */
function marked() {
  const words = source.value.slice(source.selectionStart, source.selectionEnd);
  return words
    .replace(/-[ \t]*\n[ \t]*/g, "-")
    .replace(/\s+/g, " ")
    .replace(/^[\s\uE000-\uF8FF\u2022\u25AA\u25FC\u25A0]+/, "")
    .trim();
}

if (source && target && bar) {
  bar.hidden = false;
  // Chromium moves no caret and marks no words by key in a read-only field: it is made writable, and refuses writing.
  source.readOnly = false;
  source.setAttribute("aria-readonly", "true");
  source.addEventListener("beforeinput", (event) => event.preventDefault());
  bar.querySelector("button").addEventListener("click", () => {
    const words = marked();
    if (!words) {
      said.textContent = "Mark some words in the text of the page first.";
      source.focus();
      return;
    }
    target.value = words;
    target.dispatchEvent(new Event("input", { bubbles: true }));
    target.dispatchEvent(new Event("keyup", { bubbles: true }));
    said.textContent = "The words are in the form. Give them a short title.";
    document.getElementById("id_title").focus();
  });
}
