/** The voice: one sentence at a time, one waiting at most; safety cuts in, nothing else does. A question is read slowly. */

/** @typedef {{text: string, rank: string, slow?: boolean}} Sentence */

const RANKS = ["safety", "unseen", "correct", "praise", "information"];
const STALE_MS = 4000;

export class Voice {
  #settings;
  /** @type {(Sentence & {at: number}) | null} */
  #waiting = null;
  /** @type {Sentence | null} */
  #saying = null;
  #spoken = 0;
  #first = 0;
  #shut = false;
  /** @type {string[]} */
  #toRead = [];

  /** @param {import("./settings.js").Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    globalThis.speechSynthesis?.getVoices();
  }

  /** A voice of this device; one that needs the network is never used. */
  get voice() {
    const local = (globalThis.speechSynthesis?.getVoices() ?? []).filter((v) => v.localService);
    const lang = document.documentElement.lang;
    return local.find((v) => v.lang.startsWith(lang) && v.default) ?? local.find((v) => v.lang.startsWith(lang));
  }

  get nSpoken() {
    return this.#spoken;
  }

  /** When the first sentence was given to the voice, ms since the page was opened; 0 for not yet. */
  get firstAt_ms() {
    return this.#first;
  }

  /** @param {Sentence} sentence */
  say(sentence) {
    if (this.#shut && sentence.rank !== "safety") return;
    const urgent = sentence.rank === "safety";
    if (urgent) this.silence();
    if (this.#saying !== null && !urgent) {
      const waits = this.#waiting;
      if (waits === null || RANKS.indexOf(sentence.rank) <= RANKS.indexOf(waits.rank)) {
        this.#waiting = { ...sentence, at: performance.now() };
      }
      return;
    }
    this.#start(sentence);
  }

  /**
   * Read *texts* one after the other, slowly, in place of whatever is being said; what is said for safety ends it.
   *
   * @param {string[]} texts
   */
  read(texts) {
    this.silence();
    const { voice: volume, mute } = this.#settings.values;
    if (mute || volume === 0 || !this.voice) return;
    this.#toRead = [...texts];
    this.#readOn();
  }

  /** End the reading, if there is any; what waits is said then. */
  readNoMore() {
    this.#toRead = [];
    if (this.#saying?.slow) speechSynthesis.cancel();
  }

  #readOn() {
    const text = this.#toRead.shift();
    if (text !== undefined) this.#start({ text, rank: "safety", slow: true });
    return text !== undefined;
  }

  /** Stop speaking now and forget what waits. */
  silence() {
    this.#toRead = [];
    this.#waiting = null;
    this.#saying = null;
    globalThis.speechSynthesis?.cancel();
  }

  /** Say nothing but what is said for safety, until opened again. */
  shut() {
    if (this.#shut) return;
    this.#shut = true;
    this.silence();
  }

  open() {
    this.#shut = false;
  }

  /** @param {Sentence} sentence */
  #start(sentence) {
    this.#spoken += 1;
    this.#first ||= performance.now();
    document.dispatchEvent(new CustomEvent("spoken", { detail: sentence }));
    const { voice: volume, mute } = this.#settings.values;
    const voice = this.voice;
    if (mute || volume === 0 || !voice) return;
    const said = new SpeechSynthesisUtterance(sentence.text);
    said.voice = voice;
    said.volume = volume / 100;
    said.rate = sentence.slow ? 0.85 : 0.95;
    this.#saying = sentence;
    const over = () => {
      if (this.#saying !== sentence) return;
      this.#saying = null;
      if (this.#readOn()) return;
      const next = this.#waiting;
      this.#waiting = null;
      if (next !== null && performance.now() - next.at < STALE_MS) this.#start(next);
    };
    said.onend = over;
    said.onerror = over;
    speechSynthesis.speak(said);
  }
}
