/** The ring and its number: how much of the present stage is left, drawn from one clock reading a message. */

import { byId, write } from "./dom.js";

const reduced = matchMedia("(prefers-reduced-motion: reduce)");

export class Ring {
  #front = /** @type {SVGCircleElement} */ (/** @type {unknown} */ (byId("ring-front")));
  #seconds = byId("seconds");
  /** @type {{left_s: number, whole_s: number, running: boolean, at: number} | null} */
  #now = null;

  constructor() {
    const turn = () => {
      this.#draw();
      requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
    setInterval(() => this.#draw(), 250);
  }

  /** @param {{left_s: number | null, whole_s: number | null, running: boolean, waits: boolean}} screen */
  show(screen) {
    const { left_s, whole_s, running, waits } = screen;
    this.#now =
      left_s === null || whole_s === null || waits ? null : { left_s, whole_s, running, at: performance.now() };
    this.#draw();
  }

  /** Seconds left of the present stage, null where it waits. */
  get left_s() {
    if (this.#now === null) return null;
    const { left_s, running, at } = this.#now;
    return Math.max(0, running ? left_s - (performance.now() - at) / 1000 : left_s);
  }

  #draw() {
    const left = this.left_s;
    const part = left === null || this.#now === null ? 1 : left / Math.max(this.#now.whole_s, 0.001);
    const shown = reduced.matches ? Math.ceil(part * 8) / 8 : part;
    this.#front.style.strokeDashoffset = String(1 - Math.min(1, shown));
    const text = left === null ? "" : clock(Math.ceil(left - 0.05));
    write(this.#seconds, text);
    this.#seconds.dataset.long = text.length > 3 ? "yes" : "no";
  }
}

/** @param {number} seconds */
export function clock(seconds) {
  if (seconds < 100) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
