/** Going through the moments of a stretch: by hand, or slowly by itself once asked to. */

import { byId, write } from "../dom.js";

const PER_MOMENT_MS = 110;
const LAST = 39;

export class Player {
  #slider = /** @type {HTMLInputElement} */ (byId("moment"));
  #button = byId("play");
  #timer = 0;
  #show;

  /** @param {(i: number) => void} show */
  constructor(show) {
    this.#show = show;
    this.#slider.addEventListener("input", () => {
      this.stop();
      show(this.at);
    });
    this.#button.addEventListener("click", () => (this.#timer ? this.stop() : this.#start()));
  }

  get at() {
    return Number(this.#slider.value);
  }

  /** @param {number} i */
  to(i) {
    this.#slider.value = String(i);
    this.#show(i);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    write(this.#button, "Play, slowed down");
  }

  #start() {
    if (this.at >= LAST) this.to(0);
    write(this.#button, "Stop");
    this.#timer = setInterval(() => (this.at >= LAST ? this.stop() : this.to(this.at + 1)), PER_MOMENT_MS);
  }
}
