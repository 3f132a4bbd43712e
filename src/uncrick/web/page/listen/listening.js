/** Listening in a session: the switch, the sign that it is on, the question, and what is said of the answer. */

import { byId, write } from "../dom.js";
import { Microphone } from "./microphone.js";
import { Moments } from "./moments.js";
import { Question } from "./question.js";

/** @typedef {import("../screen.js").Screen} Screen */

const OVER = new Set(["after", "ended", "pain"]);

/**
 * @param {import("../socket.js").Line} line
 * @param {(why: string) => void} hurts
 */
export function prepareListening(line, hurts) {
  const microphone = new Microphone();
  const moments = new Moments();
  const question = new Question(({ pain, probability }) => {
    line.sayForSure("pop", { pain, probability: Math.round(probability * 1000) / 1000 });
    if (pain) hurts("pop");
  });
  microphone.addEventListener("pop", (event) => {
    const { at_ms, probability } = /** @type {CustomEvent} */ (event).detail;
    if (moments.hold(at_ms)) question.ask(probability, performance.now());
  });
  microphone.addEventListener("turned", () => show(microphone.isOn));
  prepareSwitch(microphone);
  show(false);
  return {
    /** The program makes a sound of its own. */
    sounded: () => moments.sounded(performance.now()),
    /** @param {Screen} screen */
    see(screen) {
      moments.see(screen, performance.now());
      if (OVER.has(screen.stage)) question.close();
      if (screen.stage === "after" || screen.stage === "ended") void microphone.want(false);
    },
  };
}

/** @param {Microphone} microphone */
function prepareSwitch(microphone) {
  const box = /** @type {HTMLInputElement} */ (byId("microphone-switch"));
  const turn = async (/** @type {boolean} */ on) => {
    const says = await microphone.want(on);
    box.checked = microphone.isOn;
    byId("microphone-note").hidden = says === "";
    write(byId("microphone-note"), says);
  };
  box.addEventListener("change", () => void turn(box.checked));
  byId("microphone-on").addEventListener("click", () => void turn(false));
}

/** @param {boolean} on */
function show(on) {
  byId("microphone-on").hidden = !on;
  /** @type {HTMLInputElement} */ (byId("microphone-switch")).checked = on;
}
