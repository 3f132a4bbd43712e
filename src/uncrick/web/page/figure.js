/** The moving figure: as in a mirror, the side that is on, a still where motion is not wanted. */

import { byId, write } from "./dom.js";

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const LOOPS_S = 5;

export class Figure {
  #video = /** @type {HTMLVideoElement} */ (byId("figure-video"));
  #still = /** @type {HTMLImageElement} */ (byId("figure-still"));
  #button = byId("figure-pause");
  #settings;
  #src = "";
  #from_s = 0;
  #to_s = Infinity;
  #stage = "";
  #entered = 0;
  #again = false;

  /** @param {import("./settings.js").Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    this.#button.addEventListener("click", () => {
      const moving = this.#moves();
      settings.set("still", moving);
      this.#again = !moving;
      this.#entered = performance.now();
      this.#update();
    });
    this.#video.addEventListener("timeupdate", () => {
      const { currentTime } = this.#video;
      if (currentTime >= this.#to_s || currentTime < this.#from_s - 0.3) this.#video.currentTime = this.#from_s;
    });
    reduced.addEventListener("change", () => this.#update());
    setInterval(() => this.#update(), 1000);
  }

  /**
   * @param {{name: string, figure: {video: string, poster: string, turns_at_s: number | null} | null} | undefined} exercise
   * @param {{stage: string, side: string, easier: boolean}} screen
   * @param {string} words
   */
  show(exercise, { stage, side }, words) {
    write(byId("figure-words"), words);
    const figure = exercise?.figure ?? null;
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#entered = performance.now();
      this.#again = false;
    }
    const turns = figure?.turns_at_s ?? null;
    this.#from_s = turns !== null && side === "right" ? turns : 0;
    this.#to_s = turns !== null && side === "left" ? turns : Infinity;
    if (figure !== null && figure.video !== this.#src) {
      this.#src = figure.video;
      this.#video.poster = figure.poster;
      this.#video.src = figure.video;
      this.#still.src = figure.poster;
      this.#still.alt = `${exercise?.name}: the end position`;
    }
    const mirrored = side === "right" && turns === null ? "no" : "yes";
    this.#video.dataset.mirrored = mirrored;
    this.#still.dataset.mirrored = mirrored;
    this.#update();
  }

  /** Whether the figure moves now: not when motion is reduced, nor for longer than five seconds in a still stage. */
  #moves() {
    if (this.#settings.values.still) return this.#again;
    if (reduced.matches && !this.#again) return false;
    const still = this.#stage === "hold" || this.#stage === "rest" || this.#stage === "get_ready";
    return this.#again || !still || performance.now() - this.#entered < LOOPS_S * 1000;
  }

  #update() {
    const moves = this.#moves() && this.#src !== "";
    this.#video.hidden = !moves && this.#stage !== "get_ready";
    this.#still.hidden = moves || this.#stage === "get_ready" || this.#src === "";
    if (moves) void this.#video.play().catch(() => undefined);
    else this.#video.pause();
    this.#button.setAttribute("aria-pressed", String(!moves));
    write(this.#button, moves ? "Still picture" : "Moving picture");
  }
}
