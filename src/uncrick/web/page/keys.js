/** Single keys, which can be switched off; Esc for pain always works. */

/** @type {Record<string, string>} */
const KEYS = {
  " ": "pause", p: "pain", e: "easier", m: "extend", s: "skip", b: "back", n: "next-step", t: "time-left",
};

/**
 * @param {import("./settings.js").Settings} settings
 * @param {(name: string) => void} press
 */
export function listenToKeys(settings, press) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      press("pain");
      event.preventDefault();
      return;
    }
    const name = KEYS[event.key.toLowerCase()];
    if (!name || !settings.values.shortcuts || writesHere(event)) return;
    press(name);
    event.preventDefault();
  });
}

/** @param {KeyboardEvent} event */
function writesHere(event) {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return true;
  return event.key === " " && target.matches("button, a, input, summary");
}
