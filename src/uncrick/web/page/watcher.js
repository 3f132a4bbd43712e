/** What the page itself reads from the landmarks: where to stand, and two gestures. It passes them on as presses. */

import { byId, write } from "./dom.js";

export class Watcher {
  /** @type {any} */
  #placement = null;
  /** @type {any} */
  #gesture = null;
  #screen;
  #book;
  #press;
  #camera;

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("./overlay.js").Overlay} overlay
   * @param {() => import("./screen.js").Screen | null} screen
   * @param {any} book
   * @param {(name: string) => void} press
   */
  constructor(camera, overlay, screen, book, press) {
    this.#camera = camera;
    this.#screen = screen;
    this.#book = book;
    this.#press = press;
    camera.addEventListener("landmarks", (event) => {
      const { landmarks, size } = /** @type {CustomEvent} */ (event).detail;
      overlay.draw(landmarks, size);
    });
  }
}
