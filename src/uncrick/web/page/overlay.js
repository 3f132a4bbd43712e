/** The body's lines over the camera's picture; the joint in question stands out. */

const MARKED_MS = 4000;

export class Overlay {
  #canvas;
  /** @type {number[][]} */
  #bones = [];
  /** @type {Set<number>} */
  #marked = new Set();
  #until = 0;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
  }

  /** @param {number[][]} bones */
  know(bones) {
    this.#bones = bones;
  }

  /** @param {number[]} points */
  mark(points) {
    this.#marked = new Set(points);
    this.#until = performance.now() + MARKED_MS;
  }

  /**
   * @param {import("./pose/landmark.js").Landmarks} landmarks
   * @param {{width: number, height: number}} size
   */
  draw({ image_px, visibility, present }, { width, height }) {
    const canvas = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    pen.clearRect(0, 0, width, height);
    if (!present) return;
    const marks = performance.now() < this.#until ? this.#marked : new Set();
    const seen = (/** @type {number} */ i) => (visibility[i] ?? 0) >= 0.5;
    const at = (/** @type {number} */ i) => /** @type {const} */ ([image_px[3 * i] ?? 0, image_px[3 * i + 1] ?? 0]);
    pen.lineCap = "round";
    for (const [a = 0, b = 0] of this.#bones) {
      if (!seen(a) || !seen(b)) continue;
      const strong = marks.has(a) && marks.has(b);
      for (const [colour, thick] of /** @type {[string, number][]} */ ([["#0c1413", 9], [strong ? "#ffd166" : "#8fdccb", strong ? 6 : 4]])) {
        pen.strokeStyle = colour;
        pen.lineWidth = (thick * width) / 640;
        pen.beginPath();
        pen.moveTo(...at(a));
        pen.lineTo(...at(b));
        pen.stroke();
      }
    }
    for (const i of marks) {
      if (!seen(i)) continue;
      pen.strokeStyle = "#ffd166";
      pen.lineWidth = (6 * width) / 640;
      pen.beginPath();
      pen.arc(...at(i), (16 * width) / 640, 0, 2 * Math.PI);
      pen.stroke();
    }
  }
}
