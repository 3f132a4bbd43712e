/** The line to the program: says and hears, calls again when it breaks, and never lets frames pile up. */

import { CLOSE, VERSION, encodeFrame } from "./wire.js";

const MOST_IN_FLIGHT = 2;
const FINAL = new Set([CLOSE.token, CLOSE.origin, CLOSE.session, CLOSE.taken_over, CLOSE.busy]);
const HERE = new Set(["localhost", "127.0.0.1"]);

export class Line extends EventTarget {
  /** @type {WebSocket | null} */
  #socket = null;
  #session;
  #tries = 0;
  #inFlight = 0;
  #resumes = false;
  /** @type {string[]} */
  #owed = [];

  /** @param {string} session */
  constructor(session) {
    super();
    this.#session = session;
    // Without its network a line from another machine is dead, long before the browser finds out by itself.
    if (!HERE.has(location.hostname)) addEventListener("offline", () => this.#dead());
  }

  #dead() {
    if (this.#socket === null || !this.isOpen) return;
    this.#socket.onclose = this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = null;
    this.#closed(1006, "no network");
  }

  /** Call the program; again and again, more slowly each time, until it answers. */
  open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/session/${this.#session}${document.body.dataset.query ?? ""}`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#inFlight = 0;
      socket.send(JSON.stringify({ type: "hello", version: VERSION, resume: this.#resumes }));
      this.#resumes = true;
      this.#tries = 0;
      for (const message of this.#owed.splice(0)) socket.send(message);
      this.dispatchEvent(new Event("open"));
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.dispatchEvent(new CustomEvent("told", { detail: JSON.parse(data) }));
      else this.#inFlight = Math.max(0, this.#inFlight - 1);
    };
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #closed(code, reason) {
    const final = FINAL.has(code);
    this.dispatchEvent(new CustomEvent("closed", { detail: { code, reason, final } }));
    if (final) return;
    this.#tries += 1;
    setTimeout(() => this.open(), Math.min(250 * 2 ** (this.#tries - 1), 4000));
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Say something that must arrive: now, or first thing when the line is back.
   *
   * @param {string} type
   * @param {Record<string, unknown>} [values]
   */
  sayForSure(type, values = {}) {
    if (!this.say(type, values)) this.#owed.push(JSON.stringify({ type, ...values }));
  }

  /**
   * Say something; what cannot be said now is not said later.
   *
   * @param {string} type
   * @param {Record<string, unknown>} [values]
   */
  say(type, values = {}) {
    if (this.isOpen) this.#socket?.send(JSON.stringify({ type, ...values }));
    return this.isOpen;
  }

  /**
   * Send a frame, unless two are on their way already: an old frame is worth nothing.
   *
   * @param {import("./pose/landmark.js").Landmarks} landmarks
   */
  show(landmarks) {
    if (!this.isOpen || this.#inFlight >= MOST_IN_FLIGHT) return false;
    this.#inFlight += 1;
    this.#socket?.send(encodeFrame(landmarks));
    return true;
  }
}
