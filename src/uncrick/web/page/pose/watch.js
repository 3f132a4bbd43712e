/** A camera watched: every picture becomes landmarks, by the model that keeps up; as uncrick.vision.watch, live. */

import { chooseAccelerator } from "./accelerator.js";
import * as blazepose from "./blazepose.js";
import { emptyLandmarks } from "./landmark.js";
import { WANTED } from "./landmarks.js";
import { openNetwork } from "./network.js";
import * as pace from "./pace.js";

/** @typedef {import("./landmark.js").Landmarks} Landmarks */
/** @typedef {import("./network.js").Accelerator} Accelerator */
/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {"lite" | "full"} Model */

/**
 * @typedef {object} WatchSettings
 * @property {string} weights URL of the folder with the .tflite files
 * @property {Model} model size of the landmark model
 * @property {number} slowest_ms a picture: when full takes longer on the whole, lite takes over
 * @property {Accelerator | "auto"} accelerator
 */

/** A picture whose longer side is longer than this is drawn smaller: a body in it has more pixels than are looked at. */
const LONGEST_SIDE_PX = 1280;

/**
 * Make the networks ready. Throws an Error with one sentence when the weights are missing.
 *
 * @param {WatchSettings} settings
 */
export async function openWatch(settings) {
  const accelerator = settings.accelerator === "auto" ? await chooseAccelerator() : settings.accelerator;
  const [detector, landmarks] = await Promise.all([
    openNetwork(new URL("pose_detection.tflite", settings.weights), "wasm"), // rarely run, and not made for WebGPU
    openLandmarks(settings.weights, settings.model, accelerator),
  ]);
  return new Watch(settings, { detector, landmarks });
}

/**
 * @param {string} weights
 * @param {Model} model
 * @param {Accelerator} accelerator
 */
function openLandmarks(weights, model, accelerator) {
  return openNetwork(new URL(`pose_landmark_${model}.tflite`, weights), accelerator, WANTED);
}

/** Who is being watched, and with what. */
export class Watch {
  #settings;
  #eyes;
  #easel = new Easel();
  /** @type {blazepose.Track | null} */
  #track = null;
  /** @type {pace.PaceState | null} */
  #pace = null;
  #changing = false;
  /** @type {{model: Model, landmarks: Network} | null} */
  #next = null;

  /**
   * @param {WatchSettings} settings
   * @param {blazepose.Eyes} eyes
   */
  constructor(settings, eyes) {
    this.#settings = settings;
    this.#eyes = eyes;
    this.model = settings.model;
  }

  get accelerator() {
    return this.#eyes.landmarks.accelerator;
  }

  /**
   * Look at one picture; await one look before the next. Never throws: what cannot be looked at shows nobody.
   *
   * @param {ImageBitmap} bitmap closed when this returns
   * @param {number} t_s
   * @returns {Promise<Landmarks>}
   */
  async look(bitmap, t_s) {
    this.#takeNext();
    const start_ms = performance.now();
    try {
      const { picture, scale } = this.#easel.draw(bitmap);
      const [track, landmarks] = await blazepose.step(this.#eyes, this.#track, { t_s, picture });
      this.#track = track;
      if (landmarks.present) this.#weigh(performance.now() - start_ms);
      return enlarged(landmarks, scale);
    } catch (error) {
      console.warn("uncrick: a picture could not be looked at", error);
      if (this.accelerator === "webgpu") this.#change(this.model, "wasm"); // the graphics card went away
      return emptyLandmarks(t_s);
    } finally {
      bitmap.close();
    }
  }

  /** @param {number} took_ms */
  #weigh(took_ms) {
    this.#pace = pace.step(this.#pace, took_ms);
    if (this.model === "full" && pace.isTooSlow(this.#pace, this.#settings.slowest_ms)) {
      this.#change("lite", this.accelerator);
    }
  }

  /**
   * Bring in another landmark model while the present one goes on looking.
   *
   * @param {Model} model
   * @param {Accelerator} accelerator
   */
  async #change(model, accelerator) {
    if (this.#changing) return;
    this.#changing = true;
    try {
      this.#next = { model, landmarks: await openLandmarks(this.#settings.weights, model, accelerator) };
    } catch (error) {
      console.warn("uncrick: the other model is not to be had, this one stays", error);
    }
    this.#changing = false;
  }

  /** Between two looks, let the model that has been brought in take over. */
  #takeNext() {
    if (this.#next === null) return;
    const { model, landmarks } = this.#next;
    this.#eyes.landmarks.close();
    this.#eyes = { ...this.#eyes, landmarks };
    this.model = model;
    this.#pace = null;
    this.#next = null;
  }
}

/** Where pictures are drawn to be read as pixels. */
class Easel {
  #canvas = new OffscreenCanvas(1, 1);
  #context = this.#canvas.getContext("2d", { willReadFrequently: true, alpha: false });

  /**
   * @param {ImageBitmap} bitmap
   * @returns {{picture: Picture, scale: number}} scale: px of the bitmap a px of the picture
   */
  draw(bitmap) {
    const scale = Math.max(1, Math.max(bitmap.width, bitmap.height) / LONGEST_SIDE_PX);
    const width_px = Math.round(bitmap.width / scale);
    const height_px = Math.round(bitmap.height / scale);
    if (this.#canvas.width !== width_px || this.#canvas.height !== height_px) {
      this.#canvas.width = width_px;
      this.#canvas.height = height_px;
    }
    if (this.#context === null) throw new Error("this browser gives no canvas to read pixels from");
    this.#context.drawImage(bitmap, 0, 0, width_px, height_px);
    const rgba = this.#context.getImageData(0, 0, width_px, height_px).data;
    return { picture: { width_px, height_px, rgba }, scale };
  }
}

/**
 * @param {Landmarks} landmarks
 * @param {number} scale
 * @returns {Landmarks}
 */
function enlarged(landmarks, scale) {
  return scale === 1 ? landmarks : { ...landmarks, image_px: landmarks.image_px.map((each) => each * scale) };
}
