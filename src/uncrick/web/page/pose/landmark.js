/** The 33 named body points of a frame, in the order of the model's output; the same list as uncrick.pose.landmark. */

/** Left and right are the person's own. Source: bazarevsky2020. */
export const NAMES = Object.freeze([
  "nose",
  "eye_inner_left", "eye_left", "eye_outer_left",
  "eye_inner_right", "eye_right", "eye_outer_right",
  "ear_left", "ear_right",
  "mouth_left", "mouth_right",
  "shoulder_left", "shoulder_right",
  "elbow_left", "elbow_right",
  "wrist_left", "wrist_right",
  "pinky_left", "pinky_right",
  "index_left", "index_right",
  "thumb_left", "thumb_right",
  "hip_left", "hip_right",
  "knee_left", "knee_right",
  "ankle_left", "ankle_right",
  "heel_left", "heel_right",
  "foot_index_left", "foot_index_right",
]);

export const N_LANDMARKS = NAMES.length;

/** @type {Readonly<Record<string, number>>} */
export const INDEX = Object.freeze(Object.fromEntries(NAMES.map((name, i) => [name, i])));

/**
 * One moment as the camera saw it. Nobody there: every coordinate is NaN, every visibility 0, present is false.
 *
 * @typedef {object} Landmarks
 * @property {number} t_s seconds on the caller's own clock
 * @property {Float32Array} image_px (33 x 3) x to the right of the picture, y down, z away from the camera, px
 * @property {Float32Array} world_m (33 x 3) m from midway between the hips, axes as in image_px
 * @property {Float32Array} visibility (33) 0..1, the model's guess that the point is in sight; 0 outside of the picture
 * @property {boolean} present whether somebody was seen
 */

/**
 * The moment in which nobody was seen.
 *
 * @param {number} t_s
 * @returns {Landmarks}
 */
export function emptyLandmarks(t_s) {
  return {
    t_s,
    image_px: new Float32Array(3 * N_LANDMARKS).fill(NaN),
    world_m: new Float32Array(3 * N_LANDMARKS).fill(NaN),
    visibility: new Float32Array(N_LANDMARKS),
    present: false,
  };
}
