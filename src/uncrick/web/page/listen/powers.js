/** Sound to powers of half-milliseconds: all that leaves the audio thread. */

import { HOP_S } from "./constants.js";

export const N_POWERS = 5;

export class Powers {
  #gains;
  #n_hop;
  #slow1 = 0;
  #slow2 = 0;
  #low = 0;
  #mid = 0;
  #n_in = 0;
  #sums = new Float64Array(N_POWERS);

  /** @param {number} rate_hz */
  constructor(rate_hz) {
    this.#gains = [60, 800, 3000].map((f_hz) => 1 - Math.exp((-2 * Math.PI * f_hz) / rate_hz));
    this.#n_hop = Math.round(rate_hz * HOP_S);
    this.hop_s = this.#n_hop / rate_hz;
  }

  /**
   * Take samples; return the rows finished by them, five numbers each: all, low, middle, high, fourth power.
   *
   * @param {Float32Array | Float64Array} sound
   * @returns {Float64Array}
   */
  push(sound) {
    const n_hop = this.#n_hop, sums = this.#sums;
    const rows = new Float64Array(Math.floor((this.#n_in + sound.length) / n_hop) * N_POWERS);
    let at = 0;
    for (const x of sound) {
      this.#add(x);
      if (++this.#n_in < n_hop) continue;
      for (let i = 0; i < N_POWERS; i++) rows[at++] = (sums[i] ?? 0) / n_hop;
      sums.fill(0);
      this.#n_in = 0;
    }
    return rows;
  }

  /**
   * One sample through the one-pole filters at 60, 800 and 3000 Hz.
   *
   * @param {number} x
   */
  #add(x) {
    const [high_pass = 0, to_low = 0, to_mid = 0] = this.#gains;
    const sums = /** @type {number[]} */ (/** @type {unknown} */ (this.#sums));
    this.#slow1 += high_pass * (x - this.#slow1);
    let y = x - this.#slow1;
    this.#slow2 += high_pass * (y - this.#slow2);
    y -= this.#slow2;
    this.#low += to_low * (y - this.#low);
    this.#mid += to_mid * (y - this.#mid);
    const between = this.#mid - this.#low, rest = y - this.#mid, square = y * y;
    sums[0] += square;
    sums[1] += this.#low * this.#low;
    sums[2] += between * between;
    sums[3] += rest * rest;
    sums[4] += square * square;
  }
}
