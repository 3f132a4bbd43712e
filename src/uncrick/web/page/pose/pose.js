/**
 * The page's door to the camera's landmarks: pictures in, one body out, nothing leaves the page.
 *
 *     const pose = await createPose({ base: "/static/" });
 *     const landmarks = await pose.next(video, performance.now() / 1000);
 *
 * Pictures are copied into a worker and looked at there. The server lays the weights of uncrick/vision/weights under
 * `<base>weights/`; the runtime lies in page/vendor/litert, brought by the build. Content-Security-Policy needed:
 * script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'.
 */

import { emptyLandmarks } from "./landmark.js";
import { SLOWEST_MS } from "./pace.js";

/** @typedef {import("./landmark.js").Landmarks} Landmarks */
/** @typedef {import("./watch.js").Model} Model */
/** @typedef {import("./watch.js").WatchSettings} WatchSettings */
/** @typedef {import("./worker.js").Means} Means */

/**
 * @typedef {object} PoseOptions
 * @property {Model} [model] the larger is steadier; full unless told
 * @property {string} [base] URL of the page's folder, with `weights/` in it; where this file's folder lies unless told
 * @property {number} [slowest_ms] a picture: when full takes longer on the whole, lite takes over; 100 unless told
 * @property {import("./network.js").Accelerator | "auto"} [accelerator] auto: a real graphics card, else WebAssembly
 */

/**
 * Start the worker, fetch runtime and weights. Throws an Error with one sentence where that is not to be had.
 *
 * @param {PoseOptions} [options]
 * @returns {Promise<Pose>}
 */
export async function createPose({ model = "full", base, slowest_ms = SLOWEST_MS, accelerator = "auto" } = {}) {
  const folder = base === undefined ? new URL("../", import.meta.url) : new URL(base, document.baseURI);
  const settings = { model, slowest_ms, accelerator, weights: new URL("weights/", folder).href };
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  return new Pose(worker, await opened(worker, settings));
}

/**
 * @param {Worker} worker
 * @param {WatchSettings} settings
 * @returns {Promise<Means>}
 */
function opened(worker, settings) {
  return new Promise((resolve, reject) => {
    /** @param {string} sentence */
    const fail = (sentence) => {
      worker.terminate();
      reject(new Error(sentence));
    };
    worker.onerror = (event) => fail(`the camera's worker did not start: ${event.message ?? "it was not loaded"}`);
    worker.onmessage = ({ data }) => ("failed" in data ? fail(data.failed) : resolve(data.opened));
    worker.postMessage({ open: settings });
  });
}

/** Somebody being watched. `model` and `accelerator` say with what; they change when the machine cannot keep up. */
export class Pose {
  #worker;
  #means;
  #n_asked = 0;
  #closed = false;
  /** @type {Map<number, {t_s: number, resolve: (landmarks: Landmarks) => void}>} */
  #waiting = new Map();

  /**
   * @param {Worker} worker
   * @param {Means} means
   */
  constructor(worker, means) {
    this.#worker = worker;
    this.#means = means;
    worker.onmessage = ({ data }) => this.#take(data);
    worker.onerror = (event) => {
      console.error("uncrick: the camera's worker stopped:", event.message);
      this.close();
    };
  }

  get model() {
    return this.#means.model;
  }

  get accelerator() {
    return this.#means.accelerator;
  }

  /**
   * The landmarks in what the source shows now. Await each before the next: nothing is dropped here, so nothing may pile
   * up. Never rejects: a source that shows nothing, and a closed pose, show nobody.
   *
   * @param {HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas | ImageBitmap} source left as it is
   * @param {number} t_s when it was taken, on a clock of the caller that never goes back
   * @returns {Promise<Landmarks>}
   */
  async next(source, t_s) {
    const bitmap = this.#closed ? null : await createImageBitmap(source).catch(() => null);
    if (bitmap === null || this.#closed) {
      bitmap?.close();
      return emptyLandmarks(t_s);
    }
    return new Promise((resolve) => {
      const look = ++this.#n_asked;
      this.#waiting.set(look, { t_s, resolve });
      this.#worker.postMessage({ look, bitmap, t_s }, [bitmap]);
    });
  }

  /** Stop the worker and forget everything; what was asked and not answered shows nobody. */
  close() {
    this.#closed = true;
    this.#worker.terminate();
    for (const { t_s, resolve } of this.#waiting.values()) resolve(emptyLandmarks(t_s));
    this.#waiting.clear();
  }

  /** @param {import("./worker.js").Seen} answer */
  #take({ seen, landmarks, means }) {
    this.#means = means;
    this.#waiting.get(seen)?.resolve(landmarks);
    this.#waiting.delete(seen);
  }
}
