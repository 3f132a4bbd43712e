/** The moving figure: as in a mirror, the side that is on, and the end position, still, while it is held. */

import { byId, write } from "./dom.js";

/** @typedef {{video: string, poster: string, still_at_s: Record<string, number>, turns_at_s: number | null,
 *   first: string}} FigureTimes */

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const LOOPS_S = 5;
const STILL = new Set(["hold", "rest", "stopped", "pain"]);

export class Figure {
  #video = /** @type {HTMLVideoElement} */ (byId("figure-video"));
  #button = byId("figure-pause");
  #settings;
  #src = "";
  #from_s = 0;
  #to_s = Infinity;
  #still_s = 0;
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
      if (this.#moves() && (currentTime >= this.#to_s || currentTime < this.#from_s - 0.3)) {
        this.#video.currentTime = this.#from_s;
      }
    });
    this.#video.addEventListener("loadedmetadata", () => this.#update());
    reduced.addEventListener("change", () => this.#update());
    setInterval(() => this.#update(), 1000);
  }

  /**
   * @param {FigureTimes | null | undefined} figure
   * @param {{stage: string, side: string}} screen
   * @param {string} words
   */
  show(figure, { stage, side }, words) {
    write(byId("figure-words"), words);
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#entered = performance.now();
      this.#again = false;
    }
    if (!figure) return;
    const { turns_at_s: turns, first, still_at_s: stills } = figure;
    this.#from_s = turns !== null && side !== "" && side !== first ? turns : 0;
    this.#to_s = turns !== null && side !== "" && side === first ? turns : Infinity;
    this.#still_s = stills[side] ?? Object.values(stills)[0] ?? 0;
    if (figure.video !== this.#src) {
      this.#src = figure.video;
      this.#video.poster = figure.poster;
      this.#video.src = figure.video;
    }
    this.#video.dataset.mirrored = side === "right" && turns === null ? "no" : "yes";
    this.#update();
  }

  /** Whether the figure moves now: not while held, not when motion is unwanted, not for long when just getting ready. */
  #moves() {
    if (this.#settings.values.still || reduced.matches) return this.#again;
    if (STILL.has(this.#stage)) return this.#again;
    return this.#again || this.#stage !== "get_ready" || performance.now() - this.#entered < LOOPS_S * 1000;
  }

  #update() {
    const moves = this.#moves() && this.#src !== "";
    if (moves) void this.#video.play().catch(() => undefined);
    else {
      this.#video.pause();
      const off = Math.abs(this.#video.currentTime - this.#still_s) > 0.05;
      if (off && this.#video.readyState > 0) this.#video.currentTime = this.#still_s;
    }
    this.#button.setAttribute("aria-pressed", String(!moves));
    write(this.#button, moves ? "Still picture" : "Moving picture");
  }
}
