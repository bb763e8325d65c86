// Where scripts run, single keys work on the card that has the focus, and only there. Every key has a button or link.
const cards = [...document.querySelectorAll("[data-card]")];
const help = document.querySelector("[data-keys]");
const TYPED_INTO = "input:not([type=hidden]), textarea, select, [contenteditable]";

/** The card that has the focus, itself or in one of its buttons. */
function focused() {
  return document.activeElement.closest("[data-card]");
}

/** Give a neighbour of a card the focus. */
function go(from, by) {
  const to = cards[cards.indexOf(from) + by];
  if (to) {
    to.tabIndex = to.tabIndex < 0 ? -1 : 0;
    to.focus();
  }
}

function pressed(event) {
  const card = focused();
  if (!card || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest(TYPED_INTO)) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    go(card, event.key === "j" ? 1 : -1);
    return;
  }
  const wanted = [...card.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
  if (wanted && !event.repeat) {
    event.preventDefault();
    wanted.click();
  }
}

/** After a step, the card that it left has the focus; an entered one hands it to the next that is open. */
function begin() {
  const left = cards.find((each) => `#${each.id}` === window.location.hash);
  if (!left) return;
  const open = cards.slice(cards.indexOf(left)).find((each) => each.tabIndex === 0);
  (open || left).focus();
}

if (cards.length) {
  if (help) help.hidden = false;
  document.addEventListener("keydown", pressed);
  begin();
}
