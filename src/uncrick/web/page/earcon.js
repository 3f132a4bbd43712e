/** Four sounds, made here: tick, low bell, high bell, two falling notes. */

/** @typedef {"tick" | "low" | "high" | "stop"} Sound */

/** Pitch (Hz), when it begins (s), how long it rings (s), how loud. @type {Record<Sound, number[][]>} */
const NOTES = {
  tick: [[1046, 0, 0.07, 0.5]],
  low: [[262, 0, 1.4, 0.9], [524, 0, 0.9, 0.3]],
  high: [[784, 0, 1.1, 0.7], [1568, 0, 0.6, 0.18]],
  stop: [[440, 0, 0.35, 0.9], [294, 0.3, 0.8, 0.9]],
};

export class Earcons {
  /** @type {AudioContext | null} */
  #context = null;
  #settings;

  /** @param {import("./settings.js").Settings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /** Browsers let a page sound only after a press; call this in one. */
  wake() {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  /** @param {Sound} sound */
  play(sound) {
    const { sound: volume, mute } = this.#settings.values;
    const context = this.#context;
    if (context === null || mute || volume === 0) return;
    const now = context.currentTime;
    for (const [pitch = 440, at = 0, rings = 0.1, loud = 1] of NOTES[sound]) {
      const tone = new OscillatorNode(context, { frequency: pitch, type: "sine" });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, now + at);
      gain.gain.linearRampToValueAtTime(0.5 * loud * (volume / 100), now + at + 0.008);
      gain.gain.exponentialRampToValueAtTime(0.0001, now + at + rings);
      tone.connect(gain).connect(context.destination);
      tone.start(now + at);
      tone.stop(now + at + rings + 0.05);
    }
  }
}
