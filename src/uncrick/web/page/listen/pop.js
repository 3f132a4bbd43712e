/** Hearing a pop: powers go in, pops come out two seconds late. The page's mirror of uncrick.crack.pop. */

import { BEFORE, HEARING } from "./constants.js";
import { N_FOLLOWING, Rows, isPeak, popProbability, shapeOf } from "./knock.js";
import { N_POWERS } from "./powers.js";

const CAPACITY = 8192;
const KEPT = BEFORE + N_FOLLOWING;

/** @typedef {import("./knock.js").Knock} Knock */
/** @typedef {{knock: Knock, probability: number, n_others: number}} Pop */

export class PopStream {
  #rows = new Rows(new Float64Array(CAPACITY * N_POWERS));
  #n_rows = BEFORE;
  /** The hop of the first row that is kept. */
  #first = -BEFORE;
  #hop_s;
  /** @type {Knock[]} */
  #knocks = [];
  #n_decided = 0;

  /** @param {number} hop_s */
  constructor(hop_s) {
    this.#hop_s = hop_s;
    this.#rows.values.fill(1e-12, 0, BEFORE * N_POWERS);
  }

  /**
   * @param {Float64Array} fresh whole rows of powers
   * @returns {Pop[]}
   */
  push(fresh) {
    /** @type {Pop[]} */
    const pops = [];
    for (let at = 0; at < fresh.length; at += N_POWERS) {
      this.#add(fresh.subarray(at, at + N_POWERS));
      const k = this.#n_rows - 1 - N_FOLLOWING;
      if (k >= BEFORE && isPeak(this.#rows, k)) this.#know(k);
      this.#decide(pops);
    }
    return pops;
  }

  /** @param {Float64Array} row */
  #add(row) {
    if (this.#n_rows === CAPACITY) {
      this.#rows.values.copyWithin(0, (CAPACITY - KEPT) * N_POWERS);
      this.#first += CAPACITY - KEPT;
      this.#n_rows = KEPT;
    }
    this.#rows.values.set(row, this.#n_rows * N_POWERS);
    this.#n_rows += 1;
  }

  /** @param {number} k */
  #know(k) {
    const knock = shapeOf(this.#rows, k, (this.#first + k + 0.5) * this.#hop_s);
    if (knock.above_db >= HEARING.floor_db && knock.t_s > BEFORE * this.#hop_s) this.#knocks.push(knock);
  }

  /** @param {Pop[]} pops */
  #decide(pops) {
    const heard_to_s = (this.#first + this.#n_rows - N_FOLLOWING) * this.#hop_s;
    for (;;) {
      const knock = this.#knocks[this.#n_decided];
      if (knock === undefined || knock.t_s + HEARING.future_s > heard_to_s) break;
      const n_others = this.#othersAround(knock.t_s);
      const probability = popProbability(knock, n_others);
      if (probability >= HEARING.accept) pops.push({ knock, probability, n_others });
      this.#n_decided += 1;
    }
    const oldest_s = heard_to_s - HEARING.past_s - HEARING.future_s - 1;
    while (this.#n_decided > 0 && (this.#knocks[0]?.t_s ?? Infinity) < oldest_s) {
      this.#knocks.shift();
      this.#n_decided -= 1;
    }
  }

  /** @param {number} t_s */
  #othersAround(t_s) {
    const { own_s, past_s, future_s } = HEARING;
    return this.#knocks.filter((k) => {
      const after = k.t_s - t_s;
      return own_s < Math.abs(after) && -past_s < after && after < future_s;
    }).length;
  }
}
