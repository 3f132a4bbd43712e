/** What the page itself reads from the landmarks: where to stand, and two gestures, passed on like presses. */

import { byId, write } from "./dom.js";
import { step as gestureStep } from "./pose/gesture.js";
import { adviceFor, step as placementStep } from "./pose/placement.js";

/** @typedef {import("./pose/landmark.js").Landmarks} Landmarks */

/** @type {Record<import("./pose/placement.js").Advice, string>} */
const ADVICE = {
  cannot_see: "I cannot see you",
  step_back: "Step back",
  step_closer: "Come closer",
  move_left: "Move to your left",
  move_right: "Move to your right",
  face_camera: "Face the camera",
  turn_sideways: "Turn sideways",
  good: "Good, stay there",
};
const HELPS = new Set(["get_ready", "show", "place"]);

export class Watcher {
  /** @type {import("./pose/placement.js").PlacementState | null} */
  #placement = null;
  /** @type {import("./pose/gesture.js").GestureState | null} */
  #gesture = null;
  #chip = byId("placement");
  #screen;
  #book;

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("./overlay.js").Overlay} overlay
   * @param {() => import("./screen.js").Screen | null} screen
   * @param {any} book
   * @param {(name: string) => void} press
   */
  constructor(camera, overlay, screen, book, press) {
    this.#screen = screen;
    this.#book = book;
    camera.addEventListener("landmarks", (event) => {
      const { landmarks, size } = /** @type {CustomEvent} */ (event).detail;
      overlay.draw(landmarks, size);
      this.#place(landmarks, size);
      if (camera.gestures) this.#read(landmarks, press);
    });
    camera.addEventListener("turned", () => {
      this.#placement = null;
      this.#gesture = null;
      this.#chip.hidden = true;
    });
  }

  /**
   * Help the person into the picture, before the first movement only.
   *
   * @param {Landmarks} landmarks
   * @param {{width: number, height: number}} size
   */
  #place(landmarks, { width, height }) {
    const now = this.#screen();
    const helps = now !== null && HELPS.has(now.stage) && !now.paused && now.camera !== "seeing";
    this.#chip.hidden = !helps;
    if (!helps) return;
    const { view } = this.#book.exercises[now.exercise] ?? { view: "front" };
    const advice = adviceFor(landmarks, { width_px: width, height_px: height }, { view });
    this.#placement = placementStep(this.#placement, landmarks.t_s, advice);
    write(this.#chip, ADVICE[this.#placement.advice]);
  }

  /**
   * @param {Landmarks} landmarks
   * @param {(name: string) => void} press
   */
  #read(landmarks, press) {
    const [state, gesture] = gestureStep(this.#gesture, landmarks);
    this.#gesture = state;
    if (gesture === "pause") press("pause-gesture");
    if (gesture === "stop") press("pain-gesture");
  }
}
