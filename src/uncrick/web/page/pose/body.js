/** Points and lengths of a body in the picture, for who asks where it stands and what its hands say. Nothing but numbers. */

import { INDEX } from "./landmark.js";

/** @typedef {import("./landmark.js").Landmarks} Landmarks */
/** @typedef {{x: number, y: number}} Point px, x to the right of the picture, y down */

/**
 * @param {Landmarks} landmarks
 * @param {string} name
 * @returns {Point}
 */
export function point({ image_px }, name) {
  const i = 3 * INDEX[name];
  return { x: image_px[i], y: image_px[i + 1] };
}

/**
 * @param {Point} a
 * @param {Point} b
 * @returns {Point}
 */
export function middle(a, b) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/**
 * @param {Point} a
 * @param {Point} b
 */
export function distance_px(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * The trunk: from the middle of the shoulders to the middle of the hips, and how long that is.
 *
 * @param {Landmarks} landmarks
 */
export function trunk(landmarks) {
  const top = middle(point(landmarks, "shoulder_left"), point(landmarks, "shoulder_right"));
  const end = middle(point(landmarks, "hip_left"), point(landmarks, "hip_right"));
  return { top, end, length_px: distance_px(top, end) };
}

/**
 * How much the shoulder line shows, as a part of the trunk's length, negative from behind.
 *
 * Measured on rendered people in 35 stretches: 0.49 and more from the front, 0.36 and less from the side.
 *
 * @param {Landmarks} landmarks
 */
export function shoulderShow(landmarks) {
  const { top, end, length_px } = trunk(landmarks);
  const left = point(landmarks, "shoulder_left");
  const right = point(landmarks, "shoulder_right");
  // along the picture's line across the trunk, so that it holds for somebody who lies as well
  const across = { x: (end.y - top.y) / length_px, y: -(end.x - top.x) / length_px };
  return ((left.x - right.x) * across.x + (left.y - right.y) * across.y) / length_px;
}
