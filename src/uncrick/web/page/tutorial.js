/** Twenty seconds in which the four sounds are learnt. */

import { byId, make, write } from "./dom.js";

/** @type {[string, import("./earcon.js").Sound | null, number][]} */
const STEPS = [
  ["tutorial_tick", "tick", 4200], ["tutorial_low", "low", 3800], ["tutorial_high", "high", 3800],
  ["tutorial_stop", "stop", 4400], ["tutorial_end", null, 3500],
];

/**
 * @param {Record<string, string>} said
 * @param {import("./speak.js").Voice} voice
 * @param {import("./earcon.js").Earcons} earcons
 */
export function prepareTutorial(said, voice, earcons) {
  const sheet = /** @type {HTMLDialogElement} */ (byId("tutorial-sheet"));
  const list = byId("tutorial-list");
  list.replaceChildren(...STEPS.map(([key]) => make("li", said[key] ?? "")));
  /** @type {number[]} */
  let timers = [];
  const stop = () => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    voice.silence();
  };
  const begin = () => {
    earcons.wake();
    stop();
    if (!sheet.open) sheet.showModal();
    let at = 0;
    STEPS.forEach(([key, sound, lasts], i) => {
      timers.push(setTimeout(() => {
        [...list.children].forEach((item, j) => item.setAttribute("data-now", i === j ? "yes" : "no"));
        if (sound) earcons.play(sound);
        timers.push(setTimeout(() => voice.say({ text: said[key] ?? "", rank: "information" }), sound ? 700 : 0));
        write(byId("tutorial-caption"), said[key] ?? "");
      }, at));
      at += lasts;
    });
  };
  byId("tutorial").addEventListener("click", begin);
  byId("tutorial-again").addEventListener("click", begin);
  byId("tutorial-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("close", stop);
}
