/** The computed sound, as loud as can be played, or slower and deeper; only on a press. */

const SLOWER = 4;

/** @typedef {import("./stretches.js").Stretch} Stretch */

export class Ear {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AudioBufferSourceNode | null} */
  #playing = null;

  /**
   * @param {NonNullable<Stretch["sound"]>} sound
   * @param {boolean} slowly
   */
  async play({ rate_hz, int16 }, slowly) {
    const context = (this.#context ??= new AudioContext());
    await context.resume();
    this.#playing?.stop();
    const samples = decode(int16);
    const buffer = context.createBuffer(1, Math.max(1, samples.length), rate_hz);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, playbackRate: slowly ? 1 / SLOWER : 1 });
    source.connect(context.destination);
    source.start();
    this.#playing = source;
    document.dispatchEvent(new CustomEvent("heard", { detail: { n: samples.length, slowly } }));
  }
}

/**
 * Samples in -1..1 from 16-bit little-endian ones in base64.
 *
 * @param {string} text
 */
export function decode(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, i) => view.getInt16(2 * i, true) / 32768);
}
