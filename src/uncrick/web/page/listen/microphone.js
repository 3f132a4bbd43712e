/** The microphone: off until asked for, its own permission, nothing recorded, nothing sent; tells pops. */

import { HOP_S } from "./constants.js";
import { PopStream } from "./pop.js";
import { N_POWERS } from "./powers.js";

const SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
/** @type {Record<string, string>} */
const REFUSED = {
  NotAllowedError: "The microphone was not allowed. The session works the same without it.",
  NotFoundError: "No microphone was found. The session works the same without it.",
  NotReadableError: "Another program has the microphone. The session works the same without it.",
};

export class Microphone extends EventTarget {
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {AudioContext | null} */
  #context = null;
  #n_turn = 0;

  get isOn() {
    return this.#stream !== null;
  }

  /**
   * Turn it on or off; returns what there is to say, empty when it went well.
   *
   * @param {boolean} on
   */
  async want(on) {
    const turn = ++this.#n_turn;
    if (!on) {
      this.#close();
      return "";
    }
    if (this.isOn) return "";
    if (!navigator.mediaDevices?.getUserMedia) return "This browser gives no microphone to this page.";
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND });
      if (turn !== this.#n_turn) {
        for (const track of stream.getTracks()) track.stop();
        return "";
      }
      this.#stream = stream;
      await this.#listen(stream);
      return "";
    } catch (error) {
      this.#close();
      return REFUSED[/** @type {Error} */ (error).name] ?? "The microphone cannot be used. The session works the same without it.";
    } finally {
      this.dispatchEvent(new Event("turned"));
    }
  }

  /** @param {MediaStream} stream */
  async #listen(stream) {
    const context = new AudioContext();
    this.#context = context;
    await context.audioWorklet.addModule(new URL("./worklet.js", import.meta.url));
    const ears = new AudioWorkletNode(context, "uncrick-ears", { numberOfOutputs: 0 });
    const hop_s = Math.round(context.sampleRate * HOP_S) / context.sampleRate;
    const pops = new PopStream(hop_s);
    let heard_s = 0;
    ears.port.onmessage = ({ data }) => {
      heard_s += (data.length / N_POWERS) * hop_s;
      for (const pop of pops.push(data)) {
        const at_ms = performance.now() - (heard_s - pop.knock.t_s) * 1e3;
        this.dispatchEvent(new CustomEvent("pop", { detail: { at_ms, probability: pop.probability } }));
      }
    };
    context.createMediaStreamSource(stream).connect(ears);
    stream.getAudioTracks()[0]?.addEventListener("ended", () => void this.want(false));
    await context.resume();
  }

  #close() {
    const was = this.isOn;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    void this.#context?.close().catch(() => undefined);
    this.#stream = this.#context = null;
    if (was) this.dispatchEvent(new Event("turned"));
  }
}
