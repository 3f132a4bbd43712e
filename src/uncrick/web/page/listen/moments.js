/** When a stretch was near its end or held: only then may a pop be asked about. */

const KEPT_MS = 15_000;
/** A movement is near its end from here on, as a share of its time. */
const NEAR_END = 0.6;

/** So long after a sound of the program's own, what the microphone hears may be just that sound. */
const OWN_MS = 800;

/** @typedef {{from_ms: number, to_ms: number}} Moment */

export class Moments {
  /** @type {Moment[]} */
  #moments = [];
  /** @type {Moment | null} */
  #open = null;
  /** @type {number[]} */
  #own_ms = [];

  /**
   * Take the screen as it is at *now_ms*.
   *
   * @param {{stage: string, paused: boolean, left_s: number | null, whole_s: number | null}} screen
   * @param {number} now_ms
   */
  see({ stage, paused, left_s, whole_s }, now_ms) {
    if (this.#open) {
      this.#moments.push({ from_ms: this.#open.from_ms, to_ms: Math.min(now_ms, this.#open.to_ms) });
      this.#open = null;
    }
    this.#moments = this.#moments.filter((m) => m.to_ms > now_ms - KEPT_MS && m.to_ms > m.from_ms);
    if (paused) return;
    if (stage === "hold" || stage === "moving") this.#open = { from_ms: now_ms, to_ms: Infinity };
    if (stage === "move_in") {
      const until_ms = left_s !== null && whole_s !== null ? Math.max(0, left_s - (1 - NEAR_END) * whole_s) * 1e3 : 0;
      this.#open = { from_ms: now_ms + until_ms, to_ms: Infinity };
    }
  }

  /** The program itself made a sound. @param {number} now_ms */
  sounded(now_ms) {
    this.#own_ms = [...this.#own_ms.filter((ms) => ms > now_ms - KEPT_MS), now_ms];
  }

  /** @param {number} at_ms */
  hold(at_ms) {
    if (this.#own_ms.some((ms) => ms - 50 <= at_ms && at_ms <= ms + OWN_MS)) return false;
    const all = this.#open ? [...this.#moments, this.#open] : this.#moments;
    return all.some(({ from_ms, to_ms }) => from_ms <= at_ms && at_ms <= to_ms);
  }
}
