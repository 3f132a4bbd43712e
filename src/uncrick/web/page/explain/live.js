/** Asking the program for a stretch: the newest question only, once the hand rests. */

const REST_MS = 160;
const AGAIN_MS = 1100;

/** @typedef {import("./stretches.js").Asked} Asked */
/** @typedef {import("./stretches.js").Stretch} Stretch */

export class Live {
  #timer = 0;
  #n = 0;
  #told;

  /** @param {(answer: {stretch: Stretch} | {says: string}) => void} told is given each answer that is still wanted */
  constructor(told) {
    this.#told = told;
  }

  /** @param {Asked} asked */
  ask(asked) {
    this.#n += 1;
    clearTimeout(this.#timer);
    const n = this.#n;
    this.#timer = setTimeout(() => void this.#send(asked, n), REST_MS);
  }

  /**
   * @param {Asked} asked
   * @param {number} n
   */
  async #send(asked, n) {
    try {
      const answer = await fetch("/api/joint", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ values: asked }),
      });
      if (n !== this.#n) return;
      if (answer.status === 429) {
        this.#timer = setTimeout(() => void this.#send(asked, n), AGAIN_MS);
        return;
      }
      const told = await answer.json();
      if (n === this.#n) this.#told(answer.ok ? { stretch: told } : { says: told.problems[0]?.says ?? "no answer" });
    } catch {
      if (n === this.#n) this.#told({ says: "the program does not answer" });
    }
  }
}
