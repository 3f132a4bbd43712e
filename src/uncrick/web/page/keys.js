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
    const sheet = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"));
    // The question why to skip stands over a movement that may hurt: there the keys for pain still mean pain.
    if (sheet && sheet.id !== "skip-sheet") return;
    const name = event.key === "Escape" ? "pain" : settings.values.shortcuts && !writesHere(event) ? KEYS[event.key.toLowerCase()] : "";
    if (!name || (sheet && name !== "pain")) return;
    sheet?.close();
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
