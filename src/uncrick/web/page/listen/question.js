/** The one-tap question after a pop, perhaps: was that your back, and did it hurt? No answer notes nothing. */

import { byId } from "../dom.js";

const OPEN_MS = 20_000;
const APART_MS = 10_000;

export class Question {
  #box = byId("pop-question");
  #timer = 0;
  #asked_ms = -Infinity;
  #probability = 0;

  /** @param {(answer: {pain: boolean, probability: number}) => void} answered is told of a yes only */
  constructor(answered) {
    this.#box.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button[value]") : null;
      if (!(button instanceof HTMLButtonElement)) return;
      this.close();
      if (button.value !== "no") answered({ pain: button.value === "hurt", probability: this.#probability });
    });
  }

  /**
   * Ask, unless it is being asked or was just now: pops close together are one crack.
   *
   * @param {number} probability
   * @param {number} now_ms
   */
  ask(probability, now_ms) {
    if (!this.#box.hidden || now_ms - this.#asked_ms < APART_MS) return;
    this.#asked_ms = now_ms;
    this.#probability = probability;
    this.#box.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), OPEN_MS);
  }

  close() {
    clearTimeout(this.#timer);
    this.#box.hidden = true;
  }
}
