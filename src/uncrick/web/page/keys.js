/** Single keys, which can be switched off; Esc for pain always works. */

/** @type {Record<string, string>} */
const KEYS = {
  " ": "pause", p: "pain", e: "easier", m: "extend", s: "skip", b: "back", n: "next-step", t: "time-left", h: "how",
};

/**
 * @param {import("./settings.js").Settings} settings
 * @param {(name: string) => void} press
 */
export function listenToKeys(settings, press) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const sheet = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"));
    const name = event.key === "Escape" ? "pain" : settings.values.shortcuts && !writesHere(event) ? KEYS[event.key.toLowerCase()] : "";
    if (!name || (sheet && (name !== "pain" || !hearsPain(sheet, event.key)))) return;
    sheet?.close();
    press(name);
    event.preventDefault();
  });
}

/**
 * Whatever stands over a movement, P still means pain, but where pain is being asked about. So does Esc, but where it
 * closes what was opened for another reason.
 *
 * @param {HTMLDialogElement} sheet
 * @param {string} key
 */
function hearsPain({ id, dataset }, key) {
  if (id === "pain-sheet") return dataset.decided === "yes";
  return key !== "Escape" || id === "skip-sheet";
}

/** @param {KeyboardEvent} event */
function writesHere(event) {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return true;
  return event.key === " " && target.matches("button, a, input, summary");
}
