/** The audio thread's part: sound in, powers out. No sound leaves this thread, and none is kept. */

import { Powers } from "./powers.js";

const ROWS_AT_ONCE = 40;

/** @type {any} */
const scope = globalThis;

class Ears extends scope.AudioWorkletProcessor {
  #powers = new Powers(scope.sampleRate);
  /** @type {number[]} */
  #waiting = [];

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    const sound = inputs[0]?.[0];
    if (sound === undefined) return true;
    this.#waiting.push(...this.#powers.push(sound));
    if (this.#waiting.length >= ROWS_AT_ONCE * 5) {
      const rows = Float64Array.from(this.#waiting.splice(0));
      this.port.postMessage(rows, [rows.buffer]);
    }
    return true;
  }
}

scope.registerProcessor("uncrick-ears", Ears);
